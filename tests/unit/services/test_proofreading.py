"""Spelling with a school's registry and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from smassistant.errors import NotAllowed, UserError
from smassistant.services.auditing import list_entries
from smassistant.services.keeping_registry import save_person
from smassistant.services.keeping_settings import get_settings
from smassistant.services.proofreading import Proofreader, check_dictionaries, teach_word
from tests.unit.services.conftest import LOGAN, School


@pytest.fixture
def proofreader(school: School) -> Iterator[Proofreader]:
    made = Proofreader(school.context, school.reviewer)
    yield made
    made.close()


def test_names_of_the_registry_are_words(school: School, proofreader: Proofreader) -> None:
    assert proofreader.unknown(["Tessaly Brightwater’s brothr", "Wrenlowe"]) == {
        "brothr",
        "Wrenlowe",
    }
    with school.context.store.read() as work:
        known = work.people.get(LOGAN.id)
    assert known is not None
    save_person(school.context, school.records, replace(known, other_names=("Wrenlowe",)))
    assert proofreader.unknown(["Wrenlowe"]) == frozenset()


def test_a_word_is_taught_to_everybody(school: School, proofreader: Proofreader) -> None:
    assert proofreader.unknown(["the zorbling club"]) == {"zorbling"}
    teach_word(school.context, school.author, " zorbling ")
    teach_word(school.context, school.author, "zorbling")
    assert get_settings(school.context).own_words == ("zorbling",)
    assert proofreader.unknown(["the Zorbling club"]) == frozenset()
    told = [line.what for line in list_entries(school.context, school.leader, "settings")]
    assert told.count("added “zorbling” to the school's words") == 1


@pytest.mark.parametrize("words", ["", "two words", "x" * 61])
def test_only_words_are_taught(school: School, words: str) -> None:
    with pytest.raises(UserError):
        teach_word(school.context, school.author, words)
    assert get_settings(school.context).own_words == ()


def test_whoever_writes_no_posts_teaches_no_words(school: School) -> None:
    with pytest.raises(NotAllowed):
        teach_word(school.context, school.records, "zorbling")


def test_the_shipped_dictionaries_are_whole() -> None:
    check_dictionaries()
