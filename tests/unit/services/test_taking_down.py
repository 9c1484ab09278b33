"""A withdrawal shows every post that names or shows the person, and what is live comes down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.findings import Anchor, Resolution, ResolutionKind
from smassistant.domain.pictures import Accounting, Box, Face, Origin, Picture, Reading, TakenBy
from smassistant.domain.posts import Post, PostState
from smassistant.domain.takedowns import STEPS, TakedownState, move
from smassistant.errors import Clash, IllegalStep, NotAllowed, UserError
from smassistant.services.keeping_registry import (
    correct_decision,
    open_person,
    record_decision,
    record_for_many,
    restrict_person,
)
from smassistant.services.merging import merge_people
from smassistant.services.taking_down import list_takedowns, move_takedown, open_takedowns
from smassistant.services.touching import Touched, touched_by
from tests.unit.services.conftest import LOGAN, TESS, School

S = TakedownState
OWN = Origin(TakenBy.OWN)
FULL, FIRST = "Tessaly Brightwater won the race.", "Tessaly won the race."


def shown(person_id: str) -> Picture:
    face = Face("f1", Box(0.1, 0.1, 0.2, 0.2), 1.0, Accounting.PERSON, person_id)
    return Picture(
        "i1",
        "ph1",
        "a.jpg",
        10,
        10,
        "d",
        "A race.",
        (face,),
        looked=True,
        reading=Reading.THOROUGH,
        origin=OWN,
    )


def published(school: School, text: str, **changes: object) -> Post:
    post = school.approved(text, **changes)
    row = replace(school.delivery(post), state=DeliveryState.PUBLISHED)
    with school.context.store.write() as work:
        work.deliveries.save(row)
        work.posts.save(replace(school.stored(post), state=PostState.PUBLISHED))
    return post


def touched(school: School) -> tuple[Touched, ...]:
    return touched_by(school.context, school.reviewer, [TESS.id])


def withdraw(school: School, *uses: Use, channel: Channel = Channel.SOCIAL_MEDIA) -> int:
    school.clock.pass_time(days=1)
    record = record_decision(
        school.context, school.records, TESS.id, uses or tuple(Use), [channel],
        Answer.WITHDRAWN, Source.CALL, "A parent", reviewer=school.reviewer,
    )  # fmt: skip
    return record.takedowns


def lines(school: School, open_only: bool = True):
    return list_takedowns(school.context, school.records, open_only)


def test_posts_in_every_state_are_listed_what_is_live_first(school: School) -> None:
    draft = school.write(FIRST)
    waiting = school.submit(school.write(FULL))
    school.write("Nobody is named here.")
    live = published(school, FULL)
    found = touched(school)
    assert [one.post.id for one in found] == [live.id, waiting.id, draft.id]
    assert [one.where for one in found] == [
        "Published on Quarry Hill", "Waiting for approval", "Draft",
    ]  # fmt: skip
    assert {one.how for one in found} == {"named"}
    assert [one.uses for one in found] == [
        frozenset({Use.FULL_NAME}), frozenset({Use.FULL_NAME}), frozenset({Use.FIRST_NAME}),
    ]  # fmt: skip


def test_who_is_shown_in_a_photo_is_found(school: School) -> None:
    school.write("A race.", pictures=(shown(TESS.id),))
    (found,) = touched(school)
    assert (found.how, found.uses) == ("shown", frozenset({Use.PHOTO}))


def test_who_is_named_under_a_photo_is_found(school: School) -> None:
    school.write("A race.", pictures=(replace(shown(LOGAN.id), alt_text=FULL),))
    assert [one.how for one in touched(school)] == ["named"]


def test_somebody_elses_name_is_not_found(school: School) -> None:
    post = school.write(FIRST)
    other = Resolution(
        "name", Anchor("text", "Tessaly"), ResolutionKind.SOMEONE_ELSE, by=school.author.id
    )
    with school.context.store.write() as work:
        work.posts.save(replace(post, resolutions=(other,)))
    assert touched(school) == ()


def test_a_post_that_was_refused_or_removed_is_not_found(school: School) -> None:
    post = school.write(FIRST)
    with school.context.store.write() as work:
        work.posts.save(replace(post, state=PostState.REFUSED))
    assert touched(school) == ()


def test_without_the_whole_registry_whoever_may_be_meant_counts(school: School) -> None:
    school.write(FIRST)
    assert [one.person_id for one in touched_by(school.context, None, [TESS.id])] == [TESS.id]


def test_posts_that_mean_a_merged_record_are_found(school: School) -> None:
    school.write("A race.", pictures=(shown(LOGAN.id),))
    merge_people(school.context, school.records, TESS.id, LOGAN.id)
    assert [one.person_id for one in touched(school)] == [TESS.id]


def test_a_merged_record_is_ruled_on_as_the_one_kept(school: School) -> None:
    post = school.write("A race.", pictures=(shown(LOGAN.id),))
    codes = {finding.code for finding in school.reviewer.review(post).findings}
    assert "photo.not_permitted" in codes
    merge_people(school.context, school.records, TESS.id, LOGAN.id)
    assert not school.reviewer.review(post).findings  # Tessaly may be shown


def test_a_withdrawal_opens_a_takedown_for_each_live_post(school: School) -> None:
    live = published(school, FULL)
    school.write(FULL)
    assert withdraw(school) == 1
    (line,) = lines(school)
    assert (line.takedown.person_id, line.takedown.post_id) == (TESS.id, live.id)
    assert line.takedown.state is S.OPEN
    assert line.account == school.bluesky
    assert line.delivery == school.delivery(live)
    assert line.takedown.reason == "Permission withdrawn"
    assert withdraw(school) == 0  # it is on the list already
    with school.context.store.read() as work:
        assert work.trail.list(live.id)[0].action == "takedown.opened"


def test_what_is_still_permitted_stays_up(school: School) -> None:
    published(school, FIRST)
    assert withdraw(school, Use.PHOTO) == 0
    assert withdraw(school, channel=Channel.WEBSITE) == 0
    assert withdraw(school, Use.FULL_NAME) == 0
    assert withdraw(school, Use.FIRST_NAME) == 1


def test_a_photo_comes_down_when_the_photo_is_withdrawn(school: School) -> None:
    published(school, "A race.", pictures=(shown(TESS.id),))
    assert withdraw(school, Use.FULL_NAME) == 0
    assert withdraw(school, Use.PHOTO) == 1


def test_a_restriction_takes_everything_down(school: School) -> None:
    published(school, FULL)
    record = restrict_person(school.context, school.records, TESS.id, True, school.reviewer)
    assert record.takedowns == 1
    assert restrict_person(school.context, school.records, TESS.id, False).touched == ()


def test_a_withdrawal_for_many_opens_takedowns_too(school: School) -> None:
    published(school, FULL)
    school.clock.pass_time(days=1)
    result = record_for_many(
        school.context, school.records, [LOGAN.id, TESS.id], Use, Channel, Answer.WITHDRAWN,
        Source.LETTER, "Their parents", reviewer=school.reviewer,
    )  # fmt: skip
    assert result.takedowns == 1


def test_a_correction_to_no_opens_takedowns_too(school: School) -> None:
    published(school, FULL)
    history = open_person(school.context, school.records, TESS.id).history
    named = next(line for line in history if line.use is Use.FULL_NAME)
    record = correct_decision(
        school.context, school.records, named.id, None, "wrong child", school.reviewer
    )
    assert record.takedowns == 1


def test_office_staff_put_posts_on_the_list_for_another_reason(school: School) -> None:
    live = published(school, "The book fair is open.")
    (made,) = open_takedowns(
        school.context, school.records, TESS.id, [live.id, live.id], "A parent asked"
    )
    assert made.delivery_id == school.delivery(live).id
    with pytest.raises(UserError, match="say why"):
        open_takedowns(school.context, school.records, TESS.id, [live.id], " ")
    with pytest.raises(UserError, match="no longer there"):
        open_takedowns(school.context, school.records, TESS.id, ["gone"], "A parent asked")
    with pytest.raises(NotAllowed):
        open_takedowns(school.context, school.author, TESS.id, [live.id], "No reason")


def opened(school: School) -> str:
    published(school, FULL)
    withdraw(school)
    return lines(school)[0].takedown.id


def step(school: School, takedown_id: str, to: TakedownState, note: str = ""):
    return move_takedown(school.context, school.records, takedown_id, to, note)


def test_a_takedown_is_followed_until_it_is_gone(school: School) -> None:
    key = opened(school)
    step(school, key, S.REMOVING, "Wrote to the platform")
    done = step(school, key, S.GONE)
    assert done.closed_at == school.clock.now()
    assert done.note == "Wrote to the platform"
    assert lines(school) == ()
    assert [line.takedown.id for line in lines(school, open_only=False)] == [key]


def test_that_a_post_stays_or_comes_back_needs_a_reason(school: School) -> None:
    key = opened(school)
    with pytest.raises(UserError, match="say why"):
        step(school, key, S.KEPT)
    step(school, key, S.KEPT, "The parent agreed on the phone")
    with pytest.raises(UserError, match="say why"):
        step(school, key, S.OPEN)
    assert step(school, key, S.OPEN, "Seen again").closed_at is None


def test_what_somebody_else_moved_on_is_told(school: School) -> None:
    key = opened(school)
    step(school, key, S.GONE)
    with pytest.raises(UserError, match="moved this take-down on"):
        step(school, key, S.REMOVING)
    with pytest.raises(UserError, match="no longer there"):
        step(school, "nothing", S.GONE)
    with pytest.raises(NotAllowed):
        move_takedown(school.context, school.author, key, S.OPEN, "x")


def test_two_people_who_move_one_takedown_clash(school: School) -> None:
    key = opened(school)
    with school.context.store.read() as work:
        before = work.takedowns.get(key)
    assert before is not None
    step(school, key, S.REMOVING)
    with pytest.raises(Clash), school.context.store.write() as work:
        work.takedowns.save(before)


@pytest.mark.parametrize("start", S)
@pytest.mark.parametrize("to", S)
def test_only_steps_of_the_table_are_taken(
    school: School, start: TakedownState, to: TakedownState
) -> None:
    key = opened(school)
    with school.context.store.read() as work:
        found = work.takedowns.get(key)
    assert found is not None
    at_start, now = replace(found, state=start), school.clock.now()
    if to in STEPS[start]:
        assert move(at_start, to, now).state is to
    else:
        with pytest.raises(IllegalStep):
            move(at_start, to, now)
