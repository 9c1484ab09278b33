"""Pictures seen before: told again from their pixels, barred, lifted, and bringing people along."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageOps

from smassistant.domain.consents import Answer
from smassistant.domain.findings import ResolutionKind, Severity
from smassistant.domain.pictures import (
    Accounting,
    Box,
    Face,
    Origin,
    Picture,
    Reading,
    TakenBy,
)
from smassistant.domain.posts import Post
from smassistant.domain.sightings import Cause, Match, carried
from smassistant.domain.takedowns import TakedownState
from smassistant.errors import NotAllowed, UserError
from smassistant.imaging.fingerprints import find_alike, print_of
from smassistant.services.approving import refuse_post
from smassistant.services.auditing import list_entries
from smassistant.services.barring_pictures import lift_bar
from smassistant.services.drafting import add_picture, forget_unused_photos
from smassistant.services.recognising_pictures import compare_pictures
from smassistant.services.reviewing import answer
from smassistant.services.taking_down import move_takedown, open_takedowns
from smassistant.services.taking_over import take_over_answers
from tests.fakes.photos import ScriptedPhotoReader
from tests.unit.services.conftest import TESS, School

TEXT = "The book fair is open."
HEAD = Box(0.1, 0.1, 0.2, 0.2)


class Reader(ScriptedPhotoReader):
    """Tells pictures again as the program does."""

    def print_of(self, working: bytes):
        with Image.open(io.BytesIO(working)) as image:
            return print_of(image.convert("RGB"))

    def find_alike(self, wanted, many, task=None):
        return find_alike(wanted, many, task)


def drawing(seed: int, size: tuple[int, int] = (900, 700)) -> Image.Image:
    """A picture with much to see, each seed another one."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, (200, 210, 220))
    draw = ImageDraw.Draw(image)
    for _ in range(260):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        w, h = chance.randrange(8, 90), chance.randrange(8, 90)
        colour = tuple(chance.randrange(256) for _ in range(3))
        shape = chance.choice((draw.rectangle, draw.ellipse))
        shape((x, y, x + w, y + h), fill=colour)
    return image


def jpeg(image: Image.Image, quality: int = 88) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


FAIR, OTHER = drawing(1), drawing(2)
CUT = FAIR.crop((90, 70, 800, 640)).resize((640, 514))


@pytest.fixture
def school(either: School) -> School:
    """The school on each engine, with a reader that really tells pictures again."""
    context = replace(either.context, photos=Reader(HEAD))
    return replace(either, context=context)


def add(school: School, image: Image.Image, **changes: object) -> Picture:
    added = add_picture(school.context, school.author, jpeg(image), "fair.jpg")
    faces = tuple(
        replace(face, accounting=Accounting.NOT_IDENTIFIABLE, reason="from behind")
        for face in added.picture.faces
    )
    return replace(
        added.picture, faces=faces, looked=True, alt_text="A fair.", origin=Origin(TakenBy.OWN),
        reading=Reading.THOROUGH, **changes,  # type: ignore[arg-type]
    )  # fmt: skip


def write(school: School, *images: Image.Image) -> Post:
    post = school.write(TEXT, pictures=tuple(add(school, image) for image in images))
    compare_pictures(school.context, [picture.photo_id for picture in post.pictures])
    return post


def refused(school: School, image: Image.Image, pictures: bool = True) -> Post:
    post = school.submit(write(school, image))
    return refuse_post(
        school.context, school.leader, post.id, post.version, "A parent asked us", pictures
    )


def findings(school: School, post: Post) -> list[tuple[str, Severity]]:
    found = school.reviewer.review(post).findings
    return [(each.code, each.severity) for each in found if each.code.endswith("_before")]


@pytest.mark.parametrize(
    "copy", [FAIR, CUT, ImageOps.mirror(FAIR), ImageOps.expand(FAIR, 80, "white")]
)
def test_a_copy_of_a_refused_picture_is_blocked_with_the_reason(
    school: School, copy: Image.Image
) -> None:
    refused(school, FAIR)
    post = write(school, OTHER, copy)
    assert findings(school, post) == [("photo.seen_before", Severity.BLOCK)]
    (found,) = [f for f in school.reviewer.review(post).findings if f.code == "photo.seen_before"]
    assert found.where == "photo:2"
    assert "refused on" in found.message
    assert "A parent asked us" in found.message
    with pytest.raises(UserError, match="1 finding"):
        school.submit(post)


def test_the_leader_may_leave_the_pictures_free(school: School) -> None:
    refused(school, FAIR, pictures=False)
    assert findings(school, write(school, FAIR)) == []


def test_a_picture_that_was_never_compared_is_compared_when_it_is_handed_in(
    school: School,
) -> None:
    refused(school, FAIR)
    post = school.write(TEXT, pictures=(add(school, FAIR),))
    assert findings(school, post) == []
    with pytest.raises(UserError, match="1 finding"):
        school.submit(post)


def test_a_leader_lifts_a_bar_with_a_reason(school: School) -> None:
    post = refused(school, FAIR)
    with school.context.store.read() as work:
        (bar,) = work.bars.list()
    assert (bar.cause, bar.post_id, bar.by) == (Cause.REFUSED, post.id, school.leader.id)
    with pytest.raises(NotAllowed):
        lift_bar(school.context, school.author, bar.id, "please")
    with pytest.raises(UserError, match="say why"):
        lift_bar(school.context, school.leader, bar.id, " ")
    with pytest.raises(NotAllowed, match="of the school"):
        lift_bar(school.context, replace(school.leader, school="Elsewhere"), bar.id, "ours")
    lift_bar(school.context, school.second_leader, bar.id, "The parent agreed")
    with pytest.raises(UserError, match="already"):
        lift_bar(school.context, school.leader, bar.id, "again")
    assert findings(school, write(school, CUT)) == []
    line = list_entries(school.context, school.leader, post.id)[0]
    assert line.what == "allowed a picture to be used again: The parent agreed"


def test_the_reason_of_another_school_stays_there(school: School) -> None:
    refused(school, FAIR)
    post = replace(write(school, FAIR), school="Elsewhere")
    (found,) = [f for f in school.reviewer.review(post).findings if f.code == "photo.seen_before"]
    assert found.severity is Severity.BLOCK
    assert "parent" not in found.message


def test_what_only_looks_alike_needs_a_reason(school: School) -> None:
    earlier = refused(school, FAIR)
    post = write(school, OTHER)
    photo, other = post.pictures[0].photo_id, earlier.pictures[0].photo_id
    with school.context.store.write() as work:
        work.sightings.set_matches(photo, [Match(photo, other, 40, 0.3, False, (1, 0, 0, 0, 1, 0))])
    review = school.reviewer.review(post)
    (found,) = [f for f in review.findings if f.code == "photo.seen_before"]
    assert found.severity is Severity.WARN
    assert found in review.unanswered
    post = answer(post, found, ResolutionKind.REASON, school.author.id, reason="Another child")
    assert found not in school.reviewer.review(post).unanswered


def test_the_same_picture_twice_is_noticed(school: School) -> None:
    post = write(school, FAIR, OTHER, ImageOps.mirror(FAIR))
    (found,) = [f for f in school.reviewer.review(post).findings if f.code == "photo.used_before"]
    assert (found.where, found.severity) == ("photo:3", Severity.ADVICE)
    assert "picture 1" in found.message


def test_an_earlier_use_is_told_to_the_same_school_only(school: School) -> None:
    school.submit(write(school, FAIR))
    post = write(school, CUT)
    assert findings(school, post) == [("photo.used_before", Severity.ADVICE)]
    assert TEXT in school.reviewer.review(post).findings[-1].message
    assert findings(school, replace(post, school="Elsewhere")) == []


def taken_down(school: School, person_id: str) -> Post:
    shown = Face("f1", HEAD, 1.0, Accounting.PERSON, TESS.id)
    pictures = (replace(add(school, FAIR), faces=(shown,)), add(school, OTHER))
    post = school.approved(TEXT, pictures=pictures)
    (made,) = open_takedowns(
        school.context, school.records, person_id, [post.id], "The parents withdrew"
    )
    move_takedown(school.context, school.records, made.id, TakedownState.GONE)
    return post


def test_what_was_taken_down_for_showing_somebody_may_not_come_back(school: School) -> None:
    post = taken_down(school, TESS.id)
    assert [where for where, _ in findings(school, write(school, CUT))] == ["photo.seen_before"]
    assert ("photo.seen_before", Severity.BLOCK) not in findings(school, write(school, OTHER))
    with school.context.store.read() as work:
        (takedown,) = work.takedowns.list(open_only=False)
    move_takedown(school.context, school.records, takedown.id, TakedownState.OPEN, "Seen again")
    move_takedown(school.context, school.records, takedown.id, TakedownState.KEPT, "They agreed")
    with school.context.store.read() as work:
        assert work.bars.list() == ()
    assert post.pictures


def test_a_name_in_the_text_bars_no_picture(school: School) -> None:
    taken_down(school, "p-logan")
    assert ("photo.seen_before", Severity.BLOCK) not in findings(school, write(school, CUT))


def test_no_pixels_are_kept_of_what_is_barred(school: School) -> None:
    post = refused(school, FAIR)
    with school.context.store.write() as work:
        work.posts.delete(post.id)
    school.clock.pass_time(days=2)
    forget_unused_photos(school.context)
    with school.context.store.read() as work:
        assert work.photos.get(post.pictures[0].photo_id) is None
    assert findings(school, write(school, CUT)) == [("photo.seen_before", Severity.BLOCK)]


def test_a_damaged_photo_holds_nothing_up(school: School) -> None:
    class Broken(Reader):
        def print_of(self, working: bytes):
            raise UserError("The picture can't be used.")

    fine = write(school, FAIR)
    context = replace(school.context, photos=Broken())
    with context.store.write() as work:
        work.photos.add("ph-bad", b"no jpeg")
    compare_pictures(context, ["ph-bad", "ph-gone", fine.pictures[0].photo_id])
    with context.store.read() as work:
        assert work.sightings.states(["ph-bad"]) == {"ph-bad": True}


# --- bringing people along ------------------------------------------------------------------------


def known(school: School, *faces: Face) -> Post:
    picture = replace(add(school, FAIR), faces=faces)
    return school.submit(school.write(TEXT, pictures=(picture,)))


def arrived(school: School, image: Image.Image, *found: Box) -> Picture:
    context = replace(school.context, photos=Reader(*found))
    picture = add_picture(context, school.author, jpeg(image), "copy.jpg").picture
    compare_pictures(context, [picture.photo_id])
    return picture


def test_a_known_picture_brings_its_people_along(school: School) -> None:
    known(
        school,
        Face("f1", HEAD, 0.9, Accounting.PERSON, TESS.id),
        Face("f2", Box(0.6, 0.5, 0.1, 0.1), 1.0, Accounting.ADULT, None, "asked on Monday"),
        Face("f3", Box(0, 0, 0.05, 0.05), 0.9, Accounting.BLURRED),
    )
    mirrored = Box(1 - HEAD.x - HEAD.w, HEAD.y, HEAD.w, HEAD.h)
    new = Box(0.3, 0.7, 0.1, 0.1)
    picture = arrived(school, ImageOps.mirror(FAIR), mirrored, new)
    taken = take_over_answers(school.context, school.author, picture)
    assert taken is not None
    assert (taken.count, taken.words) == (3, TEXT)
    first, second, adult, blurred = taken.picture.faces
    assert (first.accounting, first.person_id) == (Accounting.PERSON, TESS.id)
    assert first.id == picture.faces[0].id
    assert second.accounting is None  # not seen before
    assert (adult.accounting, adult.reason) == (Accounting.ADULT, "asked on Monday")
    assert adult.box.x == pytest.approx(0.3, abs=0.02)
    assert blurred.box.x == pytest.approx(0.95, abs=0.02)
    assert not taken.picture.looked


def test_who_was_cut_away_is_not_brought_along(school: School) -> None:
    known(
        school,
        Face("f1", Box(0.4, 0.4, 0.1, 0.1), 0.9, Accounting.PERSON, TESS.id),
        Face("f2", Box(0.0, 0.0, 0.08, 0.08), 0.9, Accounting.BLURRED),
    )
    taken = take_over_answers(school.context, school.author, arrived(school, CUT))
    assert taken is not None
    assert [face.person_id for face in taken.picture.faces] == [TESS.id]


def test_an_answer_given_already_is_not_touched(school: School) -> None:
    known(school, Face("f1", HEAD, 0.9, Accounting.PERSON, TESS.id))
    picture = arrived(school, FAIR, HEAD)
    said = replace(picture.faces[0], accounting=Accounting.BLURRED)
    assert take_over_answers(school.context, school.author, replace(picture, faces=(said,))) is None


def test_nothing_is_brought_along_from_another_school_or_another_picture(school: School) -> None:
    known(school, Face("f1", HEAD, 0.9, Accounting.PERSON, TESS.id))
    other = replace(school.author, school="Elsewhere")
    assert take_over_answers(school.context, other, arrived(school, FAIR, HEAD)) is None
    assert take_over_answers(school.context, school.author, arrived(school, OTHER, HEAD)) is None


def test_the_answers_are_checked_by_todays_permissions(school: School) -> None:
    known(school, Face("f1", HEAD, 0.9, Accounting.PERSON, TESS.id))
    school.decide(TESS, Answer.WITHDRAWN)
    taken = take_over_answers(school.context, school.author, arrived(school, FAIR, HEAD))
    assert taken is not None
    post = school.write(TEXT, pictures=(taken.picture,))
    codes = [finding.code for finding in school.reviewer.review(post).findings]
    assert "photo.not_permitted" in codes


def test_a_way_leads_there_and_back() -> None:
    way = (-0.8, 0.1, 0.9, 0.2, 1.1, -0.1)
    match = Match("a", "b", 1, 1.0, True, way)
    there = carried(Box(0.4, 0.4, 0.1, 0.1), match.way_to("a"))
    assert there is not None
    middle = (there.x + there.w / 2, there.y + there.h / 2)
    a, b, c, d, e, f = match.way_to("b")
    back = (a * middle[0] + b * middle[1] + c, d * middle[0] + e * middle[1] + f)
    assert back == pytest.approx((0.45, 0.45))
    assert carried(Box(0.4, 0.4, 0.1, 0.1), (1, 0, 0.58, 0, 1, 0)) is None
