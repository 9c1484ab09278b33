"""People and consents, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.people import Person
from smassistant.errors import Clash
from smassistant.ports import Change
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import ABEL, BERTA, GRANT, WITHDRAWAL, ZOE


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """A registry of three people."""
    with store.write() as work:
        work.people.add([ZOE, ABEL, BERTA])
    return store


def test_a_person_comes_back_as_they_were(filled: SqlStore) -> None:
    with filled.read() as work:
        assert work.people.get("p-zoe") == ZOE
        assert work.people.get("nobody") is None


def test_everybody_is_ordered_by_last_then_first_name_without_accents(filled: SqlStore) -> None:
    with filled.read() as work:
        assert work.people.all() == (ABEL, BERTA, ZOE)


@pytest.mark.parametrize(
    "words",
    ["zoe", "ZOË", "obrien", "O'Brien", "o’b", "luk", "łuk zo", "zoe marie", "zoë-marie", "12345",
     "0012345", "4b rien", "marie o’brien"],
)  # fmt: skip
def test_a_person_is_found_by_any_part_of_name_number_or_homeroom(
    filled: SqlStore, words: str
) -> None:
    with filled.read() as work:
        assert work.people.find(words, 10) == (ZOE,)
        assert work.people.count(words) == 1


@pytest.mark.parametrize("words", ["zoe abel", "%", "_", "z%e", "oak", "zoex"])
def test_nobody_is_found_unless_every_word_matches_literally(filled: SqlStore, words: str) -> None:
    with filled.read() as work:
        assert work.people.find(words, 10) == ()
        assert work.people.count(words) == 0


def test_no_words_find_everybody_page_by_page(filled: SqlStore) -> None:
    with filled.read() as work:
        assert work.people.find("", 2) == (ABEL, BERTA)
        assert work.people.find(" ", 2, 2) == (ZOE,)
        assert work.people.count() == 3


def test_saving_gives_the_next_version_and_changes_what_is_found(filled: SqlStore) -> None:
    with filled.write() as work:
        saved = work.people.save(replace(BERTA, last_name="Zulu", restricted=True))
    assert saved == replace(BERTA, last_name="Zulu", restricted=True, version=1)
    with filled.read() as work:
        assert work.people.find("zulu", 10) == (saved,)
        assert work.people.find("angstrom", 10) == (ABEL,)
        assert work.people.all()[-1] == saved


def test_a_save_over_a_newer_version_is_a_clash_and_changes_nothing(filled: SqlStore) -> None:
    with filled.write() as work:
        newest = work.people.save(replace(BERTA, homeroom="5A"))
    with pytest.raises(Clash, match="in the meantime"), filled.write() as work:
        work.people.save(replace(BERTA, homeroom="6A"))
    with filled.read() as work:
        assert work.people.get("p-berta") == newest


def test_the_same_person_can_not_be_added_twice(filled: SqlStore) -> None:
    with pytest.raises(Clash), filled.write() as work:
        work.people.add([replace(ABEL, first_name="Other")])
    with filled.read() as work:
        assert work.people.get("p-abel") == ABEL


def test_a_very_long_name_is_kept_whole(store: SqlStore) -> None:
    person = Person("p", "1", "é" * 3000, "ß" * 3000, other_names=("x" * 3000,))
    with store.write() as work:
        work.people.add([person])
    with store.read() as work:
        assert work.people.find("éééé", 5) == (person,)


def test_consents_come_back_in_the_order_they_were_recorded(filled: SqlStore) -> None:
    with filled.write() as work:
        work.consents.add([WITHDRAWAL, GRANT])
    with filled.read() as work:
        assert work.consents.of("p-zoe") == (GRANT, WITHDRAWAL)
        assert work.consents.of("p-abel") == ()
        assert work.consents.all() == {"p-zoe": (GRANT, WITHDRAWAL)}


def test_a_consent_of_nobody_is_refused(store: SqlStore) -> None:
    with pytest.raises(Clash), store.write() as work:
        work.consents.add([GRANT])
    with store.read() as work:
        assert work.consents.all() == {}


def test_the_revision_grows_with_each_change_of_people_or_consents(store: SqlStore) -> None:
    revisions = []

    def note() -> None:
        with store.read() as work:
            revisions.append(work.people.revision())

    note()
    with store.write() as work:
        work.people.add([ZOE])
    note()
    with store.write() as work:
        work.people.save(replace(ZOE, grade="5"))
    note()
    with store.write() as work:
        work.consents.add([GRANT])
    note()
    with store.write() as work:
        work.photos.add("ph", b"x")
    note()
    assert revisions == [0, 1, 2, 3, 3]


def test_many_people_are_saved_at_once_or_not_at_all(filled: SqlStore) -> None:
    changed = [replace(ZOE, homeroom="5A"), replace(ABEL, avoid_names=("Abe", "A. B."))]
    with filled.write() as work:
        work.people.save_many(changed)
    with filled.read() as work:
        assert work.people.of_many(["p-zoe", "p-abel", "nobody"]) == {
            one.id: replace(one, version=1) for one in changed
        }
        assert work.people.find("5a", 10) == (replace(changed[0], version=1),)
    with pytest.raises(Clash), filled.write() as work:
        work.people.save_many([replace(BERTA, grade="1"), ZOE])
    with filled.read() as work:
        assert work.people.get("p-berta") == BERTA


def test_a_person_is_found_by_the_whole_number_only(filled: SqlStore) -> None:
    with filled.read() as work:
        assert work.people.by_number("0012345") == ZOE
        assert work.people.by_number("12345") is None


def test_names_to_avoid_are_kept_and_found_by_no_search(store: SqlStore) -> None:
    person = replace(BERTA, avoid_names=("Bertram",), signs_for_self=True)
    with store.write() as work:
        work.people.add([person])
    with store.read() as work:
        assert work.people.all() == (person,)
        assert work.people.find("bertram", 10) == ()


def test_a_decision_is_found_by_its_id(filled: SqlStore) -> None:
    with filled.write() as work:
        work.consents.add([GRANT, WITHDRAWAL])
    with filled.read() as work:
        assert work.consents.decision("d-1") == GRANT
        assert work.consents.decision("d-3") is None
        assert work.consents.of_many(["p-zoe", "p-abel"]) == {"p-zoe": (GRANT, WITHDRAWAL)}


def test_very_many_changes_are_told_as_one(store: SqlStore) -> None:
    heard: list[tuple[Change, ...]] = []
    store.subscribe(heard.append)
    people = [replace(ABEL, id=f"p{n}", number=str(n)) for n in range(2000)]
    with store.write() as work:
        work.people.add(people)
    assert heard == [(Change("people", ""),)]
    with store.read() as work:
        assert work.people.count() == 2000
