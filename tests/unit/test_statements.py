"""What was said at one time, stored as one line and taken apart again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.consents import Answer, Channel, Decision, Source, Use
from smassistant.domain.statements import (
    KEYS,
    NOTHING,
    Statement,
    correction_of,
    decision_id,
    gather,
    id_in_step,
)
from smassistant.registry.rosters import ALL_KEYS

AT = datetime(2026, 9, 4, 12, tzinfo=UTC)
DAY, END = date(2026, 9, 4), date(2027, 6, 30)


def line(key: tuple[Use, Channel], said: str = "one", **changes: object) -> Decision:
    given = Decision(
        decision_id(said, *key), "p1", *key, Answer.GRANTED, DAY, END, Source.FORM, "A parent",
        "u1", AT,
    )  # fmt: skip
    return replace(given, **changes)  # type: ignore[arg-type]


def apart(decisions: list[Decision]) -> tuple[list[Statement], set[Decision]]:
    statements = list(gather(decisions))
    return statements, {one for statement in statements for one in statement.decisions()}


def test_the_letters_stand_in_the_order_of_the_rosters_answers() -> None:
    assert KEYS == ALL_KEYS


def test_what_was_said_together_is_one_statement() -> None:
    lines = [line(key) for key in KEYS]
    statements, back = apart(lines)
    assert [one.answers for one in statements] == ["y" * 15]
    assert back == set(lines)


def test_a_yes_with_an_end_and_a_no_share_a_statement() -> None:
    lines = [line(KEYS[0]), line(KEYS[1], answer=Answer.REFUSED, valid_until=None)]
    statements, back = apart(lines)
    assert [one.answers[:3] for one in statements] == ["yn-"]
    assert back == set(lines)


def test_corrections_of_one_statement_share_a_statement() -> None:
    lines = [line(key, corrects=decision_id("old", *key)) for key in KEYS[:2]]
    statements, back = apart(lines)
    assert [one.corrects for one in statements] == ["old."]
    assert back == set(lines)


def test_a_correction_says_which_letters_it_replaces() -> None:
    said = Statement("s", "p1", "yy" + "-" * 13, DAY, None, Source.FORM, "", "u", AT)
    alone = said._replace(answers="y" + "-" * 14)
    assert correction_of(said, "yy" + "-" * 13) == "s."
    assert correction_of(said, "-y" + "-" * 13) == "s.01"
    assert correction_of(alone, "y" + "-" * 14) == "s"
    assert alone.decisions()[0].id == "s"


def test_ids_of_a_step_grow_and_tell_that_they_are_of_one() -> None:
    ids = [id_in_step("abc", number) for number in (0, 9, 16, 99_999)]
    assert ids == sorted(ids)
    assert Statement(ids[0], "p", NOTHING, DAY, None, Source.ROSTER, "", "u", AT).in_step


DECISIONS = st.builds(
    line,
    st.sampled_from(KEYS),
    said=st.sampled_from(["one", "two", ""]),
    answer=st.sampled_from(Answer),
    valid_until=st.sampled_from([None, END]),
    valid_from=st.sampled_from([DAY, END]),
    signer=st.sampled_from(["", "A parent"]),
    corrects=st.sampled_from([None, "x", "old.00", "old.03"]),
)


@given(st.lists(DECISIONS, unique_by=lambda one: one.id))
def test_no_decision_is_ever_lost_or_changed(lines: list[Decision]) -> None:
    statements, back = apart(lines)
    assert back == set(lines)
    ids = [statement.id for statement in statements]
    assert len(ids) == len(set(ids))
