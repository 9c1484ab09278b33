"""A division's rule packs and its feedback as they are stored, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from smassistant.domain.feedback import Feedback, FeedbackState, TrainingExample, move
from smassistant.domain.rules import PackText
from smassistant.errors import Clash, IllegalStep
from smassistant.ports import Change
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import NOON

FIRST = PackText("legal", 1, '[[rule]]\nid = "ça"\n', "u-com", NOON)
SECOND = replace(FIRST, version=2, text="")
NOTE = Feedback("f-1", "legal.court", "topic.legal", "A student is on court.", "court", "u-a", NOON)
OPEN = FeedbackState.OPEN


def test_versions_of_packs_come_back_newest_first(store: SqlStore) -> None:
    told: list[tuple[Change, ...]] = []
    store.subscribe(told.append)
    other = replace(FIRST, name="own")
    with store.read() as work:
        assert work.rule_packs.stamp() == 0
    for pack in (FIRST, other, SECOND):
        with store.write() as work:
            work.rule_packs.add(pack)
    with store.read() as work:
        assert work.rule_packs.stamp() == 3
        assert work.rule_packs.versions() == {"legal": (SECOND, FIRST), "own": (other,)}
    assert told[0] == (Change("rules", "legal"),)


def test_only_the_latest_versions_are_read(store: SqlStore) -> None:
    with store.write() as work:
        for version in range(1, 31):
            work.rule_packs.add(replace(FIRST, version=version))
        work.rule_packs.add(replace(FIRST, name="own"))
    with store.read() as work:
        versions = work.rule_packs.versions()
        assert [pack.version for pack in versions["legal"]] == list(range(30, 10, -1))
        assert len(versions["own"]) == 1
        assert work.rule_packs.stamp() == 31


@pytest.mark.parametrize("version", [1, 3])
def test_a_version_that_does_not_follow_is_a_clash(store: SqlStore, version: int) -> None:
    with store.write() as work:
        work.rule_packs.add(FIRST)
    with pytest.raises(Clash), store.write() as work:
        work.rule_packs.add(replace(FIRST, version=version))
    with store.read() as work:
        assert work.rule_packs.versions() == {"legal": (FIRST,)}


def test_feedback_comes_back_and_moves_once(store: SqlStore) -> None:
    with store.write() as work:
        work.feedback.add(NOTE)
        work.feedback.add(replace(NOTE, id="f-2", at=NOON + timedelta(days=1), sentence="Other."))
    with store.read() as work:
        assert [note.id for note in work.feedback.list([OPEN])] == ["f-2", "f-1"]
        assert work.feedback.open_on("legal.court", NOTE.sentence) == NOTE
        assert work.feedback.open_on("legal.judge", NOTE.sentence) is None
    with store.write() as work:
        work.feedback.save(move(NOTE, FeedbackState.DISMISSED))
    with pytest.raises(Clash), store.write() as work:
        work.feedback.save(move(NOTE, FeedbackState.KEPT))
    with store.read() as work:
        assert work.feedback.count([OPEN]) == 1
        assert work.feedback.open_on("legal.court", NOTE.sentence) is None


def test_only_what_was_kept_is_a_training_example(store: SqlStore) -> None:
    kept = move(NOTE, FeedbackState.KEPT)
    named = replace(kept, id="f-3", sentence="Second.", categories=("legal",))
    with store.write() as work:
        for note in (kept, named, replace(NOTE, id="f-4")):
            work.feedback.add(note)
    with store.read() as work:
        assert set(work.feedback.training_examples()) == {
            TrainingExample(NOTE.sentence, ()), TrainingExample("Second.", ("legal",)),
        }  # fmt: skip


def test_what_was_dealt_with_can_only_be_opened_again() -> None:
    kept = move(NOTE, FeedbackState.KEPT)
    assert not move(kept, OPEN).training
    with pytest.raises(IllegalStep):
        move(kept, FeedbackState.DISMISSED)
