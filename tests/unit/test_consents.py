"""The rule of clause 4.1: what may be published of a person, where, on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.consents import (
    Answer,
    Channel,
    Decision,
    Reason,
    Source,
    Use,
    conflicts,
    rule,
)
from smassistant.domain.people import Person

FIRST = date(2026, 9, 1)
PERSON = Person("p1", "1", "Nima", "Okonkwo-Hale")
WEB, SOCIAL = Channel.WEBSITE, Channel.SOCIAL_MEDIA
YES, NO, WITHDRAWN = Answer.GRANTED, Answer.REFUSED, Answer.WITHDRAWN


def line(
    answer: Answer, day: int = 0, until: int | None = None, use: Use = Use.PHOTO,
    channel: Channel = SOCIAL, key: str = "", corrects: str | None = None,
) -> Decision:  # fmt: skip
    end = FIRST + timedelta(days=until) if until is not None else None
    return Decision(
        key or f"{answer}{day}{until}{use}{channel}", "p1", use, channel, answer,
        FIRST + timedelta(days=day), end, Source.FORM, "A parent", "u1",
        datetime(2026, 9, 1, tzinfo=UTC) + timedelta(days=day), "", corrects,
    )  # fmt: skip


def asked(history: list[Decision], day: int = 10, use: Use = Use.PHOTO, person: Person = PERSON):
    return rule(person, history, use, SOCIAL, FIRST + timedelta(days=day))


@pytest.mark.parametrize(
    ("history", "permitted", "reason"),
    [
        ([], False, Reason.NO_ANSWER),
        ([line(YES)], True, Reason.GRANTED),
        ([line(YES, channel=WEB)], False, Reason.NO_ANSWER),
        ([line(YES, use=Use.VIDEO)], False, Reason.NO_ANSWER),
        ([line(NO)], False, Reason.REFUSED),
        ([line(YES, until=10)], True, Reason.GRANTED),
        ([line(YES, until=9)], False, Reason.EXPIRED),
        ([line(YES, day=11)], False, Reason.NOT_YET),
        ([line(YES), line(WITHDRAWN, day=5)], False, Reason.WITHDRAWN),
        ([line(WITHDRAWN, day=5), line(YES, day=6)], True, Reason.GRANTED),
        ([line(YES, day=5), line(NO, day=5)], False, Reason.REFUSED),
        ([line(YES), line(YES, day=3, until=4)], True, Reason.GRANTED),
        ([line(YES), line(WITHDRAWN, day=12)], True, Reason.GRANTED),
        ([line(NO, key="x"), line(YES, day=0, corrects="x")], True, Reason.GRANTED),
    ],
)
def test_answers(history: list[Decision], permitted: bool, reason: Reason) -> None:
    ruling = asked(history)
    assert (ruling.permitted, ruling.reason) == (permitted, reason)
    assert (ruling.decision is None) == (reason is Reason.NO_ANSWER)


def test_a_restriction_beats_every_grant() -> None:
    restricted = Person("p1", "1", "Nima", "Okonkwo-Hale", restricted=True)
    ruling = asked([line(YES)], person=restricted)
    assert (ruling.permitted, ruling.reason) == (False, Reason.RESTRICTED)


def test_the_full_name_permits_the_first_name_but_not_the_other_way_round() -> None:
    assert asked([line(YES, use=Use.FULL_NAME)], use=Use.FIRST_NAME).permitted
    assert not asked([line(YES, use=Use.FIRST_NAME)], use=Use.FULL_NAME).permitted


def test_somebody_elses_history_does_not_count() -> None:
    other = Person("p2", "2", "Nima", "Okonkwo-Hale")
    assert not asked([line(YES)], person=other).permitted


LINES = st.builds(
    line,
    st.sampled_from(list(Answer)),
    st.integers(0, 12),
    st.none() | st.integers(0, 20),
    st.sampled_from([Use.PHOTO, Use.FULL_NAME, Use.FIRST_NAME]),
    st.sampled_from([SOCIAL, WEB]),
)
HISTORIES = st.lists(LINES, max_size=7, unique_by=lambda each: each.id)


@given(HISTORIES, st.randoms(), st.sampled_from(list(Use)))
def test_the_order_of_entry_never_matters(history, random, use) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)
    assert asked(history, use=use) == asked(shuffled, use=use)


@given(HISTORIES, st.integers(0, 25), st.sampled_from(list(Use)))
def test_taking_a_grant_away_never_permits_anything(history, day, use) -> None:
    for gone in [each for each in history if each.answer is YES]:
        fewer = [each for each in history if each is not gone]
        assert asked(history, day, use).permitted or not asked(fewer, day, use).permitted


@given(HISTORIES, st.integers(0, 25), st.sampled_from(list(Use)))
def test_a_new_refusal_of_that_day_always_denies(history, day, use) -> None:
    denied = [*history, line(NO, day, use=use, key="new")]
    if use is Use.FIRST_NAME:
        denied.append(line(NO, day, use=Use.FULL_NAME, key="new too"))
    later = [each for each in denied if each.valid_from <= FIRST + timedelta(days=day)]
    assert not asked(later, day, use).permitted


def never_said(wrong: str, day: int = 0) -> Decision:
    """A correction that says nothing was said."""
    return replace(line(YES, day=day, until=day - 1, key=f"not {wrong}"), corrects=wrong)


def test_a_line_that_was_never_said_leaves_no_answer() -> None:
    history = [line(YES, key="x"), never_said("x")]
    ruling = asked(history)
    assert (ruling.permitted, ruling.reason, ruling.decision) == (False, Reason.NO_ANSWER, None)


def test_a_refusal_that_was_never_said_gives_the_earlier_grant_back() -> None:
    assert asked([line(YES), line(NO, day=5, key="x"), never_said("x", 5)]).permitted


def test_a_grant_that_ended_before_it_began_is_no_correction() -> None:
    ruling = asked([line(YES, day=5, until=4)])
    assert (ruling.permitted, ruling.reason) == (False, Reason.EXPIRED)


def test_answers_of_one_day_that_do_not_agree_are_told() -> None:
    yes, no = line(YES, day=3, key="a"), line(NO, day=3, key="b")
    (found,) = conflicts([line(YES), yes, no])
    assert (found.use, found.channel, found.day) == (Use.PHOTO, SOCIAL, no.valid_from)
    assert set(found.decisions) == {yes, no}
    assert not asked([yes, no]).permitted


@pytest.mark.parametrize(
    "history",
    [
        [],
        [line(YES), line(NO, day=3)],
        [line(NO, key="a"), line(WITHDRAWN, key="b")],
        [line(YES, key="a"), line(NO, key="b"), line(YES, day=4)],
        [line(NO, key="b"), line(YES, key="a", corrects="b")],
        [line(YES, key="a"), line(NO, key="b"), never_said("b")],
        [line(YES), line(NO, channel=WEB)],
    ],
)
def test_what_agrees_or_was_settled_is_no_conflict(history: list[Decision]) -> None:
    assert conflicts(history) == ()


@given(HISTORIES, st.randoms())
def test_conflicts_do_not_depend_on_the_order_of_entry(history, random) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)
    assert conflicts(history) == conflicts(shuffled)
