"""When an unused window locks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.idle import IdleRule, IdleState

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
RULE = IdleRule(600)
START = IdleState(1000.0, NOON)


def locks(idle: float, wall: float, state: IdleState = START) -> bool:
    """Whether it locks after `idle` seconds of the running clock and `wall` of the wall clock."""
    return RULE.must_lock(state, START.monotonic + idle, NOON + timedelta(seconds=wall))


@pytest.mark.parametrize(
    ("idle", "wall", "locked"),
    [
        (0, 0, False),
        (599.9, 599.9, False),
        (600, 600, True),
        (10, 40, False),
        (10, 40.1, True),  # slept
        (10, -7200, False),  # the clock was set back
        (600, -7200, True),
    ],
)
def test_it_locks_after_idleness_or_sleep_only(idle: float, wall: float, locked: bool) -> None:
    assert locks(idle, wall) is locked


def test_use_renews_the_time() -> None:
    used = RULE.touched(START, 1500, NOON + timedelta(seconds=500))
    assert used == IdleState(1500, NOON + timedelta(seconds=500))
    assert not RULE.must_lock(used, 2000, NOON + timedelta(seconds=1000))


@pytest.mark.parametrize(("idle", "wall"), [(600, 600), (5, 3600)])
def test_the_first_key_press_after_the_deadline_renews_nothing(idle: float, wall: float) -> None:
    used = RULE.touched(START, START.monotonic + idle, NOON + timedelta(seconds=wall))
    assert used == START
    assert locks(idle + 1, wall + 1, used)


STEPS = st.lists(st.tuples(st.floats(0, 1000), st.floats(-1000, 1000), st.booleans()), max_size=20)


@given(STEPS)
def test_once_locked_no_use_unlocks_while_the_clocks_run_on(
    steps: list[tuple[float, float, bool]],
) -> None:
    state, monotonic, wall, locked = START, START.monotonic, NOON, False
    for idle, jump, used in steps:
        monotonic += idle
        wall += timedelta(seconds=idle + max(jump, 0.0))
        locked = locked or RULE.must_lock(state, monotonic, wall)
        if used:
            state = RULE.touched(state, monotonic, wall)
        assert RULE.must_lock(state, monotonic, wall) is locked
