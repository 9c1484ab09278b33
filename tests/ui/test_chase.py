"""The lists to chase on the screen, in files and on paper."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.domain.people import Person
from smassistant.domain.users import Role, User
from smassistant.errors import Cancelled, UserError
from smassistant.jobs import Task
from smassistant.services.auditing import list_entries
from smassistant.services.chasing import Chase, ExportFormat
from smassistant.services.keeping_registry import record_decision
from tests.ui.conftest import Seat, shown_words
from tests.unit.services.conftest import LOGAN, TESS
from ui import exporting
from ui.exporting import Table, save_pdf
from ui.pages.chase import ChasePage
from ui.widgets import list_exit

TRAP = Person("p-trap", "53", "=HYPERLINK(1)", "Zed", homeroom="4B", school="Quarry Hill School")


def grant(seat: Seat, person: Person, until: date | None, *uses: Use) -> None:
    school = seat.school
    record_decision(
        school.context, school.records, person.id, uses or tuple(Use), (Channel.WEBSITE,),
        Answer.GRANTED, Source.FORM, "A parent", valid_until=until,
    )  # fmt: skip


def open_page(seat: Seat, **where: object) -> ChasePage:
    seat.sign_in(seat.school.records)
    page = seat.show("chase", **where)
    assert isinstance(page, ChasePage)
    seat.wait(lambda: "(" in page.kinds[Chase.EXPIRING].text())
    return page


def rows(page: ChasePage) -> list[tuple[str, ...]]:
    model = page.model
    columns = range(model.columnCount())
    return [
        tuple(str(model.index(row, column).data()) for column in columns)
        for row in range(model.rowCount())
    ]


def names(page: ChasePage) -> list[str]:
    return [row[0] for row in rows(page)]


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Answers the question for a file name; the chosen path."""

    def choose(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(list_exit, "choose_new_file", lambda *_asked: path)
        return path

    return choose


# The lists


def test_what_ends_soon_comes_first_and_says_until_when(seat: Seat) -> None:
    grant(seat, LOGAN, date(2026, 10, 1), Use.PHOTO)
    grant(seat, TESS, date(2026, 9, 20), Use.PHOTO, Use.VIDEO)
    page = open_page(seat)
    assert rows(page) == [
        ("Tessaly Brightwater", "52", "4B", "Quarry Hill School", "Photo, video: website",
         "until 20 Sep 2026"),
        ("Logan Vantongeren", "51", "4B", "Quarry Hill School", "Photo: website",
         "until 1 Oct 2026"),
    ]  # fmt: skip
    assert page.kinds[Chase.EXPIRING].text() == "Ends within 30 days (2)"
    assert page.count.text() == "2 people"
    spoken = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Tessaly Brightwater, 4B, Quarry Hill School: photo, video: website, until 20 Sep 2026."
    )


def test_every_list_has_its_count_and_its_words(seat: Seat) -> None:
    page = open_page(seat)
    assert [button.text() for button in page.kinds.values()] == [
        "Ends within 30 days (0)", "No answer yet (1)", "Answers disagree (0)", "Nobody signed (0)",
    ]  # fmt: skip
    assert "Nothing ends within 30 days" in shown_words(page)
    assert not page.export.isEnabled()
    page.kinds[Chase.NO_ANSWER].click()
    assert names(page) == ["Logan Vantongeren"]
    assert "Without an answer nothing may be published" in page.meaning.text()
    assert page.export.isEnabled()
    badge = seat.workspace.sidebar.button("chase")
    seat.wait(lambda: badge.accessibleName() == "To chase, 1 waiting")


def test_answers_of_one_day_that_disagree(seat: Seat) -> None:
    seat.school.decide(TESS, Answer.REFUSED, Use.PHOTO)
    page = open_page(seat, kind="conflicting")
    assert names(page) == ["Tessaly Brightwater"]
    assert rows(page)[0][5] == "since 14 Sep 2026"


def test_a_new_answer_takes_the_person_off_the_list(seat: Seat) -> None:
    page = open_page(seat, kind="no_answer")
    assert names(page) == ["Logan Vantongeren"]
    grant(seat, LOGAN, None)
    seat.wait(lambda: "Everybody has answered" in shown_words(page))
    seat.wait(lambda: seat.workspace.sidebar.button("chase").accessibleName() == "To chase")


def test_the_list_is_narrowed_while_words_are_typed(seat: Seat) -> None:
    with seat.school.context.store.write() as work:
        work.people.add(
            (Person("p-1", "61", "Zoë", "Étoile", homeroom="2A", school="Oak"), TRAP)
        )  # fmt: skip
    page = open_page(seat, kind="no_answer")
    assert len(names(page)) == 3
    seat.qtbot.keyClicks(page.filter, "etoile 2a")
    seat.wait(lambda: names(page) == ["Zoë Étoile"])
    page.filter.setText("nobody at all")
    seat.wait(lambda: "Nobody fits these words" in shown_words(page))
    page.filter.setText("53")
    seat.wait(lambda: len(names(page)) == 1)
    assert not page.table.isColumnHidden(3)


def test_the_school_is_not_repeated_in_every_row(seat: Seat) -> None:
    page = open_page(seat, kind="no_answer")
    assert page.table.isColumnHidden(3)


def test_enter_opens_the_person(seat: Seat) -> None:
    page = open_page(seat, kind="no_answer")
    assert not page.open_person.isEnabled()
    page.table.selectRow(0)
    assert page.open_person.isEnabled()
    page.table.setFocus()
    seat.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    seat.settle()
    assert seat.workspace.key == "registry"
    assert "Logan Vantongeren" in shown_words(seat.workspace.page("registry"))


def test_the_chosen_person_stays_chosen(seat: Seat) -> None:
    with seat.school.context.store.write() as work:
        work.people.add([TRAP])
    page = open_page(seat, kind="no_answer")
    page.table.selectRow(1)
    with seat.school.context.store.write() as work:
        work.people.add([Person("p-0", "1", "Ann", "Aalto")])
    seat.wait(lambda: len(names(page)) == 3)
    chosen = page.model.line(page.table.currentIndex().row())
    assert chosen is not None
    assert chosen.person.id == "p-trap"


def test_nothing_is_left_after_the_lock(seat: Seat) -> None:
    page = open_page(seat, kind="no_answer")
    page.filter.setText("Vantongeren")
    page.close_down()
    assert "Vantongeren" not in shown_words(page)


@pytest.mark.parametrize("role", list(Role))
def test_who_chases(role: Role) -> None:
    user = User("u", "u", "U", "Oak", frozenset({role}))
    assert ChasePage.open_to(user) is (role is Role.RECORDS)


# Taking a list along


def export(seat: Seat, page: ChasePage, format: ExportFormat) -> None:
    menu = page.export.menu()
    assert menu is not None
    menu.actions()[list(ExportFormat).index(format)].trigger()
    seat.wait(lambda: seat.workspace.banner.text)


def exported(seat: Seat) -> list[dict[str, str]]:
    entries = list_entries(seat.school.context, seat.school.leader)
    return [
        dict(line.entry.details) for line in entries if line.entry.action == "list.exported"
    ]  # fmt: skip


def test_a_csv_holds_what_is_shown_and_no_formula(seat: Seat, saved: Callable[[str], Path]) -> None:
    with seat.school.context.store.write() as work:
        work.people.add([TRAP])
    page = open_page(seat, kind="no_answer")
    page.filter.setText("zed")
    seat.wait(lambda: len(names(page)) == 1)
    path = saved("list.csv")
    export(seat, page, ExportFormat.CSV)
    assert "list.csv" in seat.workspace.banner.text
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file))
    assert len(found) == 2
    assert "'=HYPERLINK(1)" in found[1]
    assert exported(seat) == [{"people": "1", "format": "csv"}]


def test_a_workbook_holds_text_only(seat: Seat, saved: Callable[[str], Path]) -> None:
    page = open_page(seat, kind="no_answer")
    path = saved("list.xlsx")
    export(seat, page, ExportFormat.XLSX)
    sheet = load_workbook(path).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Vantongeren" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_pdf_is_written_and_noted(seat: Seat, saved: Callable[[str], Path]) -> None:
    page = open_page(seat, kind="no_answer")
    path = saved("list.pdf")
    export(seat, page, ExportFormat.PDF)
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.stat().st_mode & 0o077 == 0
    assert exported(seat) == [{"people": "1", "format": "pdf"}]
    assert [entry.name for entry in path.parent.iterdir() if "list" in entry.name] == ["list.pdf"]


@pytest.mark.parametrize("format", list(ExportFormat))
def test_a_place_that_cannot_be_written_is_told(
    seat: Seat, saved: Callable[[str], Path], format: ExportFormat
) -> None:
    page = open_page(seat, kind="no_answer")
    saved(f"no such folder/list.{format.value}")
    export(seat, page, format)
    assert "be written" in seat.workspace.banner.text
    assert exported(seat) == []


def test_a_list_is_printed_page_by_page(seat: Seat, tmp_path: Path) -> None:
    page = open_page(seat, kind="no_answer")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    page.exit.print_on(printer, Chase.NO_ANSWER, page.model.shown * 100)
    seat.wait(lambda: "printed" in seat.workspace.banner.text)
    assert (tmp_path / "paper.pdf").read_bytes().count(b"/Type /Page\n") > 2
    assert exported(seat) == [{"people": "100", "format": "paper"}]


def test_a_cancelled_print_is_not_noted(seat: Seat, tmp_path: Path) -> None:
    page = open_page(seat, kind="no_answer")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    page.exit.print_on(printer, Chase.NO_ANSWER, page.model.shown)
    printing = page.exit.printing
    assert printing is not None
    gone: list[bool] = []
    printing.destroyed.connect(lambda: gone.append(True))
    printing.task.cancel()
    seat.wait(lambda: gone)
    seat.settle()
    assert exported(seat) == []


# Paper


def table(count: int, what: str = "Photo: website") -> Table:
    row = ("Tessaly Brightwater", "52", what)
    return Table(
        "Nobody signed", "Quarry Hill", ("Name", "Number", "What"), (row,) * count, "Shred"
    )


def pages_of(path: Path) -> int:
    return path.read_bytes().count(b"/Type /Page\n")


@pytest.mark.parametrize(("rows_", "pages"), [(0, 1), (1, 1), (400, range(10, 25))])
def test_rows_fill_as_many_pages_as_they_need(
    qapp: QApplication, tmp_path: Path, rows_: int, pages: int | range
) -> None:
    path = tmp_path / "list.pdf"
    reports: list[tuple[int, int]] = []
    save_pdf(table(rows_), path, Task(lambda done, total, _label: reports.append((done, total))))
    found = pages_of(path)
    assert found == pages if isinstance(pages, int) else found in pages
    assert reports[-1] == (found, found)


def test_no_row_is_left_out_and_none_is_cut(qapp: QApplication) -> None:
    """Long texts take more lines; a word longer than its column is broken."""
    long = table(60, "Photo, video and school work: social media, website, news media; " * 4)
    broken = table(3, "x" * 400)
    for one, least in ((long, 2.5), (broken, 2.5)):
        image = QImage(1000, 770, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        sheet = exporting._Sheet(one, painter)
        list(sheet.measure())
        heights = [height for page in sheet.pages for _row, height in page]
        plain = sheet._metrics(sheet._plain).height()
        painter.end()
        assert [row for page in sheet.pages for row, _height in page] == list(one.rows)
        assert min(heights) > least * plain


def test_a_cancelled_pdf_leaves_nothing(qapp: QApplication, tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        save_pdf(table(400), tmp_path / "list.pdf", task)
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_pdf_leaves_the_earlier_one(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(b"earlier")
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        save_pdf(table(400), path, task)
    assert path.read_bytes() == b"earlier"


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_paper_that_cannot_be_drawn_on_is_told(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        list(exporting.draw(table(1), QPdfWriter(str(tmp_path / "no folder" / "list.pdf"))))
