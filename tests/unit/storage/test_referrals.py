"""Questions to the privacy office as they are stored, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from smassistant.domain.findings import Anchor, Severity
from smassistant.domain.referrals import (
    AskedDraft,
    AskedFinding,
    Referral,
    ReferralState,
    digest_of,
    gist,
    move,
)
from smassistant.errors import Clash
from smassistant.ports import Change
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import NOON, PICTURE, POST

FINDING = AskedFinding(
    "topic.legal", "6", Severity.WARN, "“Zoë”: goes to court", "text", 8, 11, Anchor("text", "Zoë")
)
DRAFT = AskedDraft(POST.text, (PICTURE,), ("a-1", "a-2"), (FINDING,))
ASKED = Referral(
    "r-1", "post-1", "u-ann", "u-lee", NOON, "May this go out — ça va ?", DRAFT, digest_of(DRAFT)
)
NO = ReferralState.ANSWERED_NO


def test_a_referral_comes_back_as_it_was_stored(store: SqlStore) -> None:
    answered = move(ASKED, ReferralState.ANSWERED_YES, "u-fay", NOON, "Yes, as it stands.")
    with store.write() as work:
        work.referrals.add(ASKED)
    with store.read() as work:
        assert work.referrals.get("r-1") == ASKED
        assert work.referrals.get("r-2") is None
    with store.write() as work:
        saved = work.referrals.save(answered)
    with store.read() as work:
        assert work.referrals.get("r-1") == saved == replace(answered, version=1)


def test_of_two_answers_at_once_the_second_is_refused(store: SqlStore) -> None:
    with store.write() as work:
        work.referrals.add(ASKED)
        work.referrals.save(move(ASKED, NO, "u-fay", NOON, "No."))
    with pytest.raises(Clash), store.write() as work:
        work.referrals.save(move(ASKED, ReferralState.ANSWERED_YES, "u-gil", NOON))
    with store.read() as work:
        assert [each.answered_by for each in work.referrals.of_post("post-1")] == ["u-fay"]


def test_referrals_are_listed_by_state_post_and_author_newest_first(store: SqlStore) -> None:
    later = replace(ASKED, id="r-2", author="u-bob", asked_at=NOON + timedelta(hours=1))
    other = replace(ASKED, id="r-3", post_id="post-2", state=ReferralState.TAKEN_BACK)
    with store.write() as work:
        for referral in (ASKED, later, other):
            work.referrals.add(referral)
    with store.read() as work:
        assert work.referrals.list([ReferralState.OPEN]) == (later, ASKED)
        assert work.referrals.list(ReferralState, limit=1) == (later,)
        assert work.referrals.count([ReferralState.OPEN]) == 2
        assert work.referrals.of_post("post-1") == (later, ASKED)
        assert work.referrals.of_author("u-ann") == (ASKED, other)


def test_a_text_that_was_answered_with_no_is_found_by_its_gist(store: SqlStore) -> None:
    first = replace(ASKED, state=NO, answered_at=NOON)
    second = replace(ASKED, id="r-2", state=NO, answered_at=NOON + timedelta(days=1))
    alone = replace(ASKED, id="r-3", draft=AskedDraft("Only asked"))
    with store.write() as work:
        for referral in (second, first, alone):
            work.referrals.add(referral)
    copied, alt = gist("bravo  ZOE"), gist(PICTURE.alt_text)
    with store.read() as work:
        assert work.referrals.answered_no([copied, alt]) == {copied: second}
        assert work.referrals.answered_no([gist("Only asked"), alt]) == {}
        assert work.referrals.answered_no([]) == {}


def test_adding_a_referral_is_told(store: SqlStore) -> None:
    told: list[Change] = []
    store.subscribe(told.extend)
    with store.write() as work:
        work.referrals.add(ASKED)
    assert told == [Change("referrals", "r-1")]
