"""The outbox: claims, leases and fences, on both engines."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from smassistant.domain.deliveries import Delivery, DeliveryState, move
from smassistant.errors import Clash
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import ACCOUNT, NOON, OTHER_ACCOUNT, POST, delivery

S = DeliveryState
LEASE = NOON + timedelta(minutes=5)


@pytest.fixture
def outbox(store: SqlStore) -> SqlStore:
    """A post and two accounts, nothing planned."""
    with store.write() as work:
        work.posts.add(POST)
        work.accounts.add(ACCOUNT)
        work.accounts.add(OTHER_ACCOUNT)
    return store


def plan(store: SqlStore, *deliveries: Delivery) -> None:
    with store.write() as work:
        for planned in deliveries:
            work.deliveries.add(planned)


def claim(store: SqlStore, owner: str = "me", now: object = NOON) -> Delivery | None:
    with store.write() as work:
        return work.deliveries.claim("del-1", owner, now, LEASE)  # type: ignore[arg-type]


def test_a_delivery_comes_back_as_it_was(outbox: SqlStore) -> None:
    full = delivery(
        state=S.UNCERTAIN, marker={"rkey": "3kß", "at": "…"}, parts={"i-1": '{"ref":1}'},
        armed_at=NOON, lease_owner="pc-1", lease_until=LEASE, fence=3, attempts=2,
        next_at=LEASE, reads=4, remote_id="at://x", remote_url="https://x", published_at=NOON,
        problem="No answer",
    )  # fmt: skip
    plan(outbox, full, delivery(id="del-2", account_id="a-2"))
    with outbox.read() as work:
        assert work.deliveries.get("del-1") == full
        assert work.deliveries.get("del-9") is None


def test_one_post_goes_to_one_account_only_once(outbox: SqlStore) -> None:
    plan(outbox, delivery())
    with pytest.raises(Clash):
        plan(outbox, delivery(id="del-2"))


def test_deliveries_are_listed_by_state_the_first_due_first(outbox: SqlStore) -> None:
    early = delivery(id="del-2", account_id="a-2", due_at=NOON - timedelta(hours=1))
    plan(outbox, delivery(), early)
    with outbox.read() as work:
        assert [row.id for row in work.deliveries.list([S.PLANNED])] == ["del-2", "del-1"]
        assert [row.id for row in work.deliveries.list(S, limit=1)] == ["del-2"]
        assert work.deliveries.list([S.SENDING]) == ()
        assert [row.id for row in work.deliveries.of_post("post-1")] == ["del-1", "del-2"]


def test_a_claim_takes_a_due_delivery(outbox: SqlStore) -> None:
    plan(outbox, delivery(fence=4, attempts=1))
    taken = claim(outbox)
    assert taken == delivery(
        state=S.SENDING, fence=5, attempts=2, lease_owner="me", lease_until=LEASE
    )
    with outbox.read() as work:
        assert work.deliveries.get("del-1") == taken


@pytest.mark.parametrize(
    "changes",
    [
        {"due_at": NOON + timedelta(microseconds=1)},
        {"state": S.RETRY, "next_at": NOON + timedelta(seconds=1)},
        {"lease_owner": "other", "lease_until": NOON},
        *({"state": state} for state in S if state not in (S.PLANNED, S.RETRY)),
    ],
)
def test_a_claim_gets_nothing_that_is_not_due_or_not_free(
    outbox: SqlStore, changes: dict[str, object]
) -> None:
    planned = delivery(**changes)
    plan(outbox, planned)
    assert claim(outbox) is None
    with outbox.read() as work:
        assert work.deliveries.get("del-1") == planned


@pytest.mark.parametrize(
    "changes",
    [
        {"state": S.RETRY, "next_at": NOON},
        {"state": S.RETRY, "lease_until": NOON - timedelta(microseconds=1)},
    ],
)
def test_a_retry_is_claimed_when_its_time_has_come(
    outbox: SqlStore, changes: dict[str, object]
) -> None:
    plan(outbox, delivery(**changes))
    assert claim(outbox) is not None


def test_a_delivery_claimed_since_it_was_read_can_not_be_saved(outbox: SqlStore) -> None:
    plan(outbox, delivery())
    first = claim(outbox, "first")
    assert first is not None
    with outbox.write() as work:
        work.deliveries.save(replace(move(first, S.RETRY), lease_until=None))
    second = claim(outbox, "second")
    assert second is not None
    with pytest.raises(Clash), outbox.write() as work:
        work.deliveries.save(replace(first, armed_at=NOON))
    with outbox.read() as work:
        assert work.deliveries.get("del-1") == second


def test_a_deleted_delivery_is_gone(outbox: SqlStore) -> None:
    plan(outbox, delivery())
    with outbox.write() as work:
        work.deliveries.delete("del-1")
        work.deliveries.delete("del-1")
    with outbox.read() as work:
        assert work.deliveries.of_post("post-1") == ()


def test_of_many_programs_exactly_one_gets_a_delivery(outbox: SqlStore) -> None:
    plan(outbox, delivery())
    together = threading.Barrier(8)

    def attempt(n: int) -> Delivery | None:
        together.wait()
        return claim(outbox, f"pc-{n}")

    with ThreadPoolExecutor(8) as pool:
        taken = [got for got in pool.map(attempt, range(8)) if got is not None]
    assert len(taken) == 1
    with outbox.read() as work:
        assert work.deliveries.get("del-1") == taken[0]
    assert taken[0].fence == 1
