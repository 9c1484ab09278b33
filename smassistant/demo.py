"""Fills an empty database with a made-up school by using the program's own services.

Nothing here is pretended: the roster is read, pictures are searched for faces, posts are
submitted, approved and published to the practice network like anybody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from smassistant.context import Context
from smassistant.demo_rules import add_rules
from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.domain.findings import ResolutionKind
from smassistant.domain.pictures import Accounting, Face, Origin, Picture, Reading, TakenBy
from smassistant.domain.places import Account
from smassistant.domain.posts import Due, Post
from smassistant.domain.referrals import Referral
from smassistant.domain.settings import Settings
from smassistant.domain.users import Role, User
from smassistant.i18n import N_, language
from smassistant.services.acting import new_id
from smassistant.services.approving import (
    approve_post,
    refuse_post,
    return_post,
    submit_post,
)
from smassistant.services.delivering import publish_due
from smassistant.services.drafting import add_picture, save_draft, start_post
from smassistant.services.importing import import_roster, preview_roster
from smassistant.services.keeping_accounts import connect_account
from smassistant.services.keeping_registry import find_people, record_decision
from smassistant.services.referring import answer_referral, refer_post, referrals_of
from smassistant.services.reviewing import Reviewer, answer

SAMPLE = Path(__file__).resolve().parent.parent / "resources" / "sample"
SCHOOL = "Cottonwood Ridge School"
ZONE = "America/Edmonton"
HANDLE = "cottonwoodridge.test"
PASSWORD = "Made-up-school-607"  # noqa: S105 - the made-up school's, shown on its sign-in page


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """A made-up member of staff who can sign in to the demo."""

    role: str
    sign_in: str
    password: str
    name: str


STAFF: tuple[tuple[str, str, str, frozenset[Role]], ...] = (
    (N_("Author"), "h.marchand", "Helen Marchand", frozenset({Role.AUTHOR})),
    (N_("School leader"), "d.okoye", "Daniel Okoye", frozenset({Role.LEADER})),
    (N_("Office staff"), "r.lindgren", "Ruth Lindgren", frozenset({Role.RECORDS})),
    (
        N_("Communications Officer"), "s.beaulieu", "Simone Beaulieu",
        frozenset({Role.COMMUNICATIONS}),
    ),
    (N_("FOIP Coordinator"), "j.whitford", "James Whitford", frozenset({Role.FOIP})),
)  # fmt: skip


@dataclass(frozen=True)
class _School:
    """The people and accounts that the sample posts need."""

    author: User
    leader: User
    records: User
    coordinator: User
    bluesky: Account
    facebook: Account


def fill(context: Context, service: str, secret: str) -> tuple[DemoSignIn, ...]:
    """Make the school: staff, registry, accounts and posts in every state.

    `service` is the practice network's address, `secret` its app password for `HANDLE`.
    """
    with context.store.write() as work:
        work.settings.save(
            Settings(
                SCHOOL, "Coulee Plains School Division", ZONE, language(),
                own_contacts=("cottonwoodridge.example.ca", "403-555-0100"),
            )
        )  # fmt: skip
    users = _add_staff(context)
    leader, records = users["d.okoye"], users["r.lindgren"]
    import_roster(context, records, preview_roster(context, SAMPLE / "roster.csv"))
    bluesky = Account(
        "", "bluesky", "bluesky", f"{SCHOOL} (practice network)", SCHOOL, HANDLE,
        service, service,
    )  # fmt: skip
    facebook = Account(
        "", "facebook", "by_hand", f"{SCHOOL} on Facebook", SCHOOL,
        address="https://www.facebook.com/cottonwoodridge.example",
    )  # fmt: skip
    school = _School(
        users["h.marchand"],
        leader,
        records,
        users["j.whitford"],
        connect_account(context, leader, bluesky, secret),
        connect_account(context, leader, facebook),
    )
    _add_posts(context, school)
    add_rules(context, users["s.beaulieu"], school.author)
    return tuple(DemoSignIn(role, sign_in, PASSWORD, name) for role, sign_in, name, _r in STAFF)


def _add_staff(context: Context) -> dict[str, User]:
    hashed = context.passwords.hash(PASSWORD)
    users = {
        sign_in: User(new_id(), sign_in, name, SCHOOL, roles)
        for _role, sign_in, name, roles in STAFF
    }
    with context.store.write() as work:
        for user in users.values():
            work.users.add(user, hashed)
    return users


def _add_posts(context: Context, school: _School) -> None:
    """Posts in every state, oldest first."""
    reviewer = Reviewer(context)
    _add_approved(context, school, reviewer)
    _add_held(context, school, reviewer)
    one, both = (school.bluesky.id,), (school.bluesky.id, school.facebook.id)
    returned = _submitted(
        context, school, reviewer, one, "Hot lunch orders are due on Thursday at noon."
    )
    return_post(
        context, school.leader, returned.id, returned.version,
        "Please add the link to the order page on our own website.",
    )  # fmt: skip
    refused = _submitted(context, school, reviewer, one, "Guess which teacher is retiring at last!")
    refuse_post(
        context, school.leader, refused.id, refused.version,
        "News about staff comes from the office, once they have agreed to it.",
    )  # fmt: skip
    _submitted(
        context, school, reviewer, both,
        "What a day! The whole school ran, jumped and cheered at our track meet. "
        "Thank you to every family that came.",
        (_picture(context, school, "track_meet.jpg",
                  "Four students in bright shirts smile on the sports field.",
                  ("402238", "402217"), blur_rest=True),),
    )  # fmt: skip
    _add_referred(context, school, reviewer)
    draft = start_post(context, school.author)
    text = "Congratulations to Mei Farouk, who won gold in the 100 m!"
    save_draft(context, school.author, replace(draft, text=text, accounts=both))


def _add_approved(context: Context, school: _School, reviewer: Reviewer) -> None:
    """One post that is out, one to be posted by hand too, one for tomorrow."""
    leader = school.leader
    one, both = (school.bluesky.id,), (school.bluesky.id, school.facebook.id)
    published = _submitted(
        context, school, reviewer, one,
        "Well done to our Grade 5 scientists! Their cardboard bridges held 14 kg. "
        "The hallway display is open to families until Friday.",
        (_picture(context, school, "science_fair.jpg",
                  "Two students stand behind a table with a cardboard bridge.",
                  ("402137", "402193")),),
    )  # fmt: skip
    approve_post(context, leader, reviewer, published.id, published.version)
    by_hand = _submitted(
        context, school, reviewer, both,
        "The book fair is open all week in the library, 8:30 to 3:30. Come in and read with us!",
    )  # fmt: skip
    approve_post(context, leader, reviewer, by_hand.id, by_hand.version)
    publish_due(context, reviewer)
    later = _submitted(
        context, school, reviewer, one,
        "Our winter concert is on 10 December at 6:30 pm in the gym. Doors open at 6.",
    )  # fmt: skip
    approve_post(context, leader, reviewer, later.id, later.version, _tomorrow(context))


def _add_held(context: Context, school: _School, reviewer: Reviewer) -> None:
    """A post that was approved before a parent withdrew the permission."""
    post = _submitted(
        context, school, reviewer, (school.bluesky.id,),
        "Willa Brandt wrote the poem that hangs in our front hall this week.",
    )  # fmt: skip
    approve_post(context, school.leader, reviewer, post.id, post.version)
    willa = find_people(context, school.records, "Willa Brandt").lines[0].person
    record_decision(
        context, school.records, willa.id, tuple(Use), tuple(Channel), Answer.WITHDRAWN,
        Source.CALL, "Parent of Willa",
    )  # fmt: skip
    publish_due(context, reviewer)


def _add_referred(context: Context, school: _School, reviewer: Reviewer) -> None:
    """A question that the privacy office answered, and one that waits for an answer."""
    answered = _asked(
        context, school, reviewer,
        "Order in the court! Our drama club put the Big Bad Wolf on trial. "
        "He was sued by three builders for blowing their houses down.",
        "It is only a play, but the words are those of a real case. May it go out?",
    )  # fmt: skip
    answer_referral(
        context, school.coordinator, answered.id, answered.version, True,
        "Yes: nobody real is meant. Enjoy the wolf.",
    )  # fmt: skip
    _asked(
        context, school, reviewer,
        "The roof of the old gym leaks again, and the contractor is being sued. "
        "Phys. ed. is in the community hall until further notice.",
        "Families ask why the gym is closed. May we say that the contractor is being sued?",
    )  # fmt: skip


def _asked(
    context: Context, school: _School, reviewer: Reviewer, text: str, question: str
) -> Referral:
    """A question about a post of the author's."""
    post = start_post(context, school.author)
    post = replace(post, text=text, accounts=(school.bluesky.id, school.facebook.id))
    post = save_draft(context, school.author, post)
    refer_post(context, school.author, reviewer, post.id, post.version, question)
    return referrals_of(context, school.author, post.id)[0]


def _submitted(
    context: Context,
    school: _School,
    reviewer: Reviewer,
    accounts: tuple[str, ...],
    text: str,
    pictures: Iterable[Picture] = (),
) -> Post:
    """A post written and handed in; warnings get a reason as an author would give one."""
    post = start_post(context, school.author)
    post = replace(post, text=text, pictures=tuple(pictures), accounts=accounts)
    for finding in reviewer.review(post).unanswered:
        post = answer(
            post, finding, ResolutionKind.REASON, school.author.id,
            reason="Checked with the school office.",
        )  # fmt: skip
    post = save_draft(context, school.author, post)
    return submit_post(context, school.author, reviewer, post.id, post.version)


def _picture(
    context: Context,
    school: _School,
    name: str,
    alt_text: str,
    numbers: tuple[str, ...],
    blur_rest: bool = False,
) -> Picture:
    """A sample picture, its faces from the left accounted for by roster number."""
    data = (SAMPLE / "photos" / name).read_bytes()
    picture = add_picture(context, school.author, data, name).picture
    with context.store.read() as work:
        ids = {person.number: person.id for person in work.people.all()}
    faces = sorted(picture.faces, key=lambda face: face.box.x)
    named: list[Face] = []
    for place, face in enumerate(faces):
        if place < len(numbers):
            person_id = ids[numbers[place]]
            named.append(replace(face, accounting=Accounting.PERSON, person_id=person_id))
        elif blur_rest:
            named.append(replace(face, accounting=Accounting.BLURRED))
        else:
            named.append(face)
    # Nothing is written in the painted photos (a test reads them), so the demo opens sooner.
    return replace(
        picture, alt_text=alt_text, faces=tuple(named), looked=True, reading=Reading.THOROUGH,
        origin=Origin(TakenBy.OWN),
    )  # fmt: skip


def _tomorrow(context: Context) -> Due:
    """Eight in the morning of the next day, school time."""
    local = context.clock.now().astimezone(ZoneInfo(ZONE)) + timedelta(days=1)
    return Due(datetime(local.year, local.month, local.day, 8, 0), ZONE)  # noqa: DTZ001 - wall time
