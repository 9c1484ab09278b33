"""Narrowing the list of people, choosing several, and how soon the first rows come."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt

from smassistant.domain.people import Kind, Person
from tests.ui.conftest import Seat, shown_words
from tests.ui.test_registry_page import names, open_page
from ui.models.people import FIRST, PAGE
from ui.pages.registry import RegistryPage

SCHOOL = "Quarry Hill School"


def fill(seat: Seat, people: Iterable[Person]) -> None:
    with seat.school.context.store.write() as work:
        work.people.add(people)


def zimmers(count: int, **facts: str) -> list[Person]:
    return [
        Person(f"z{n:04}", f"9{n:04}", "Ann", f"Zimmer{n:04}", school=SCHOOL, **facts)
        for n in range(count)
    ]


def choose(page: RegistryPage, *rows: int) -> None:
    """Choose rows with the Ctrl key held."""
    page.list.clearSelection()
    for row in rows:
        page.list.selectionModel().select(
            page.model.index(row), page.list.selectionModel().SelectionFlag.Select
        )


def test_a_class_narrows_the_list(seat: Seat) -> None:
    fill(seat, [Person("x", "1", "Ida", "Abbot", homeroom="10A", school=SCHOOL)])
    page = open_page(seat)
    shown = [page.finder.group.itemText(row) for row in range(page.finder.group.count())]
    assert shown == ["All classes", "4B", "10A"]
    page.finder.group.setCurrentIndex(2)
    seat.wait(lambda: names(page) == ["Ida Abbot"])
    page.finder.group.setCurrentIndex(0)
    seat.wait(lambda: len(names(page)) == 3)


def test_classes_of_two_schools_say_which(seat: Seat) -> None:
    fill(seat, [Person("x", "1", "Ida", "Abbot", homeroom="4B", school="Other School")])
    page = open_page(seat)
    assert page.finder.group.itemText(1) == "4B, Other School"
    page.finder.group.setCurrentIndex(1)
    seat.wait(lambda: names(page) == ["Ida Abbot"])


def test_a_kind_and_words_narrow_together(seat: Seat) -> None:
    fill(
        seat,
        [
            Person("x", "1", "Ida", "Abbot", kind=Kind.STAFF, school=SCHOOL),
            Person("y", "2", "Ida", "Brightwater", kind=Kind.STUDENT, school=SCHOOL),
        ],
    )
    page = open_page(seat)
    page.search.setText("ida")
    page.finder.kind.setCurrentIndex(page.finder.kind.findData(Kind.STAFF))
    seat.wait(lambda: names(page) == ["Ida Abbot"])
    page.finder.kind.setCurrentIndex(page.finder.kind.findData(Kind.VOLUNTEER))
    seat.wait(lambda: not page.list.isVisible())
    assert names(page) == []


def test_who_needs_attention_can_be_listed(seat: Seat) -> None:
    page = open_page(seat)  # nobody answered for Logan
    page.finder.attention.click()
    seat.wait(lambda: names(page) == ["Logan Vantongeren"])


def test_several_people_take_the_place_of_one(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    assert page.panel.isVisible()
    choose(page, 0, 1)
    assert page.many.isVisible()
    assert "2 people chosen" in shown_words(page.many)
    assert "Tessaly Brightwater, 4B" in shown_words(page.many)
    page.many.drop.click()
    assert page.panel.isVisible()
    assert page.chosen == ()


def test_all_who_were_found_can_be_chosen_though_few_are_loaded(seat: Seat) -> None:
    fill(seat, zimmers(3 * PAGE))
    page = open_page(seat)
    page.search.setText("zimmer")
    seat.settle()
    seat.qtbot.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.chosen) == FIRST
    assert page.many.everybody.text() == f"Choose all {3 * PAGE} who were found"
    page.many.everybody.click()
    seat.wait(lambda: len(page.chosen) == 3 * PAGE)
    assert not page.many.everybody.isVisible()
    page.search.setText("zimmer0001")
    assert page.chosen == ()  # another search must never be decided about by an old choice


def test_who_may_only_look_chooses_one(seat: Seat) -> None:
    page = open_page(seat, seat.school.author)
    page.list.selectAll()
    assert page.chosen == ()


def test_a_reload_neither_scrolls_nor_forgets_who_is_chosen(seat: Seat) -> None:
    fill(seat, zimmers(3 * PAGE))
    page = open_page(seat)
    page.list.scrollToBottom()
    seat.wait(lambda: page.model.rowCount() == FIRST + PAGE)
    page.list.setCurrentIndex(page.model.index(100))
    page.list.scrollTo(page.model.index(100))
    seat.settle()
    where = page.list.verticalScrollBar().value()
    page.open()
    seat.settle()
    assert page.list.verticalScrollBar().value() == where
    assert page.list.currentIndex().row() == 100


def test_only_the_last_of_quick_keys_is_shown(seat: Seat) -> None:
    page = open_page(seat)
    seat.qtbot.keyClicks(page.search, "tessaly")
    seat.settle()
    assert names(page) == ["Tessaly Brightwater"]
    assert page.count.text() == "1 person"


def test_rows_come_before_the_count(seat: Seat) -> None:
    page = open_page(seat)
    heard: list[str] = []
    page.model.loaded.connect(lambda: heard.append("rows"))
    page.model.counted.connect(lambda _n: heard.append("count"))
    page.search.setText("tess")
    seat.settle()
    assert heard == ["rows", "count"]


def test_locking_forgets_every_name(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    choose(page, 0, 1)
    page.close_down()
    said = shown_words(page)
    assert "Tessaly" not in said
    assert "Brightwater" not in said
    assert page.model.rowCount() == 0
