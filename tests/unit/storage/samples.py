"""Invented people, posts and accounts for the tests of the storage."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from smassistant.domain.consents import Answer, Channel, Decision, Source, Use
from smassistant.domain.deliveries import Delivery, DeliveryState
from smassistant.domain.findings import Anchor, Resolution, ResolutionKind
from smassistant.domain.people import Kind, Person
from smassistant.domain.pictures import (
    Accounting,
    Box,
    Clip,
    Edit,
    Face,
    Metadata,
    Moment,
    Origin,
    Picture,
    Reading,
    Region,
    TakenBy,
    Writing,
)  # fmt: skip
from smassistant.domain.places import Account
from smassistant.domain.posts import Comment, Due, Post, PostState
from smassistant.domain.users import Role, User

KEY = bytes(range(32))
AUDIT_KEY = bytes(range(32, 64))
NOON = datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)


class HandClock:
    """A clock that moves only by hand."""

    def __init__(self) -> None:
        self.instant = NOON

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return self.instant.timestamp()

    def pass_seconds(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)


ZOE = Person(
    id="p-zoe", number="0012345", first_name="Zoë", last_name="O’Brien-Łuk",
    preferred_name="Zo", other_names=("Zoë-Marie", "Z."), kind=Kind.STUDENT, grade="4",
    homeroom="4B", school="Oak Primary", status="active", restricted=True,
)  # fmt: skip
ABEL = Person("p-abel", "7", "Abel", "Ångström", kind=Kind.STAFF, school="Oak Primary")
BERTA = Person("p-berta", "8", "Berta", "Angstrom", homeroom="4B")

GRANT = Decision(
    id="d-1", person_id="p-zoe", use=Use.PHOTO, channel=Channel.WEBSITE, answer=Answer.GRANTED,
    valid_from=date(2025, 9, 1), valid_until=date(2026, 6, 30), source=Source.FORM,
    signer="Una O’Brien", recorded_by="u-rec", recorded_at=NOON, note="says “yes” – ça va",
)  # fmt: skip
WITHDRAWAL = Decision(
    id="d-2", person_id="p-zoe", use=Use.PHOTO, channel=Channel.WEBSITE,
    answer=Answer.WITHDRAWN, valid_from=date(2026, 2, 1), valid_until=None, source=Source.CALL,
    signer="Una O’Brien", recorded_by="u-rec", recorded_at=NOON + timedelta(days=1),
    corrects="d-1",
)  # fmt: skip

PICTURE = Picture(
    id="i-1", photo_id="ph-1", file_name="fête.jpg", width=800, height=600, digest="ab" * 32,
    alt_text="A painted tree", looked=True,
    faces=(
        Face("f-1", Box(0.1, 0.2, 0.3, 0.4), 0.93, Accounting.PERSON, "p-zoe"),
        Face("f-2", Box(0.5, 0.5, 1 / 3, 0.1), 1.0, Accounting.ADULT, None, "signed 3 March"),
        Face("f-3", Box(0, 0, 0.1, 0.1)),
    ),
    metadata=Metadata(
        True, ("Una O’Brien",), "U. O.", "© Oak", "2026-03-01T10:00:00", "Pixel 9", "School use",
        "Alamy", (Region("Una O’Brien", Box(0.1, 0.2, 0.3, 0.4)),),
    ),
    writing=(Writing("w-1", Box(0.2, 0.1, 0.1, 0.05), "Zoë", 0.97, blurred=True),),
    reading=Reading.THOROUGH, edit=Edit(1, -2.5, Box(0, 0, 0.5, 0.5), 0.2),
    origin=Origin(TakenBy.PARENT, "U. O’Brien", "by e-mail"),
    clip=Clip("ph-2", 4.5, 640, 360, True, "ef" * 32, (Moment(0.0, "ph-3"), Moment(2.5, "ph-4"))),
)  # fmt: skip
POST = Post(
    id="post-1", author="u-ann", school="Oak Primary", state=PostState.IN_REVIEW,
    text="Bravo 👩‍🎨 Zoë!\x00\ud83d", pictures=(PICTURE,), accounts=("a-1", "a-2"),
    resolutions=(
        Resolution("name", Anchor("text", "Zoë", 1), ResolutionKind.PERSON, "p-zoe", by="u-ann"),
        Resolution("tone.x", Anchor("alt:1"), ResolutionKind.REASON, reason="a quote", by="u-ann"),
    ),
    comments=(Comment("u-lee", NOON, "Please say “class”."),),
    due=Due(datetime.fromisoformat("2026-03-08T02:30"), "America/Edmonton"),
    approved_hash="cd" * 32, approved_by="u-lee", submitted_at=NOON - timedelta(hours=1),
)  # fmt: skip

ACCOUNT = Account("a-1", "bluesky", "bluesky", "Oak on Bluesky", "Oak Primary", "oak.test")
OTHER_ACCOUNT = Account("a-2", "facebook", "by_hand", "Oak Page", "Oak Primary", approved=False)
ANN = User("u-ann", "A.Nnée", "Ann Née", "Oak Primary", frozenset({Role.AUTHOR, Role.RECORDS}))


def delivery(**changes: object) -> Delivery:
    """A delivery of `POST` to `ACCOUNT` that is due at noon."""
    values: dict[str, object] = {
        "id": "del-1", "post_id": "post-1", "account_id": "a-1", "state": DeliveryState.PLANNED,
        "due_at": NOON, "content_hash": "ef" * 32,
    }  # fmt: skip
    return Delivery(**(values | changes))  # type: ignore[arg-type]
