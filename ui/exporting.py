"""Lists on paper: tables laid out page by page, as a PDF file or on a printer."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileDevice, QIODevice, QMarginsF, QRectF, QSaveFile, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from smassistant.errors import Cancelled, UserError
from smassistant.i18n import _
from smassistant.jobs import Task

MARGINS = QMarginsF(15, 15, 15, 15)  # millimetres
_INK, _LINE, _SHADE = QColor("#1a2230"), QColor("#b8c0cb"), QColor("#eef1f5")
_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_AT_WORDS = int(_TOP_LEFT | Qt.TextFlag.TextWordWrap)
_ANYWHERE = int(_TOP_LEFT | Qt.TextFlag.TextWrapAnywhere)
_MEASURED = 200  # rows that decide how wide the columns are
_STEP = 40  # rows measured at a time
_OWNER = QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner
_Measured = tuple[tuple[str, ...], float]  # a row and its height
_NARROWEST, _WIDEST = 0.08, 0.4  # of the page


@dataclass(frozen=True)
class Table:
    """What goes on paper: `about` stands under the title, `footer` at the end of every page."""

    title: str
    about: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    footer: str = ""


def save_pdf(table: Table, path: Path, task: Task | None = None) -> None:
    """Write the table as a PDF file: the whole of it, or after a cancel or failure nothing."""
    task = task or Task()
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise _unwritable(file.errorString())
    file.setPermissions(_OWNER)
    writer = QPdfWriter(file)
    writer.setTitle(table.title)
    writer.setCreator("SM Assistant")
    set_paper(writer)
    try:
        for done, total in draw(table, writer):
            task.report(done, total)
    except Cancelled:
        file.cancelWriting()
        file.commit()
        raise
    if not file.commit():
        raise _unwritable(file.errorString())


def set_paper(device: QPagedPaintDevice) -> None:
    """Letter paper on its side: the rows are wide."""
    size, side = QPageSize(QPageSize.PageSizeId.Letter), QPageLayout.Orientation.Landscape
    device.setPageLayout(QPageLayout(size, side, MARGINS, QPageLayout.Unit.Millimeter))


def draw(table: Table, device: QPagedPaintDevice) -> Generator[tuple[int, int], None, None]:
    """Draw in small steps, saying after each how many of how many pages are done.

    The first steps only measure: they say 0 of 0.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise _unwritable("")
    try:
        sheet = _Sheet(table, painter)
        for _row in sheet.measure():
            yield 0, 0
        for number, rows in enumerate(sheet.pages, 1):
            if number > 1:
                device.newPage()
            sheet.draw(rows, number, len(sheet.pages))
            yield number, len(sheet.pages)
    finally:
        painter.end()


class _Sheet:
    """One table measured for one kind of paper; all lengths are the device's dots."""

    def __init__(self, table: Table, painter: QPainter) -> None:
        self._table, self._painter = table, painter
        device = painter.device()
        self._width, self._height = float(device.width()), float(device.height())
        self._plain, self._bold, self._large = _font(9), _font(9, bold=True), _font(15, bold=True)
        self._small = _font(8)
        self._pad = device.logicalDpiX() / 18
        self._widths = self._column_widths()
        self._head = self._row_height(table.headings, self._bold)
        self._foot = self._metrics(self._small).height() + 2 * self._pad
        self.pages: list[list[_Measured]] = [[]]

    def measure(self) -> Iterator[None]:
        """Fill `pages`, a few rows at each step; a table without rows has one page."""
        below = self._height - self._foot
        top = self._title_height() + self._head
        for done, row in enumerate(self._table.rows):
            if done % _STEP == 0:
                yield
            height = self._row_height(row, self._plain)
            if top + height > below and self.pages[-1]:
                self.pages.append([])
                top = self._head
            self.pages[-1].append((row, height))
            top += height

    def draw(self, rows: Sequence[_Measured], number: int, of: int) -> None:
        """Draw one page."""
        top = self._draw_title() if number == 1 else 0.0
        shade = QRectF(0, top, self._width, self._head)
        self._painter.fillRect(shade, _SHADE)
        self._draw_row(self._table.headings, top, self._head, self._bold)
        top += self._head
        for row, height in rows:
            self._draw_row(row, top, height, self._plain)
            top += height
        self._draw_footer(number, of)

    def _draw_title(self) -> float:
        large, small = self._metrics(self._large), self._metrics(self._plain)
        box = QRectF(0, 0, self._width, large.height())
        self._write(self._table.title, box, self._large)
        box = QRectF(0, large.height() + self._pad, self._width, small.height())
        self._write(self._table.about, box, self._plain)
        return self._title_height()

    def _title_height(self) -> float:
        heights = self._metrics(self._large).height() + self._metrics(self._plain).height()
        return heights + 4 * self._pad

    def _draw_row(self, row: Sequence[str], top: float, height: float, font: QFont) -> None:
        left = 0.0
        for text, width in zip(row, self._widths, strict=True):
            box = QRectF(left, top, width, height)
            pad = self._pad
            self._write(text, box.adjusted(pad, pad, -pad, 0), font)
            left += width
        self._painter.setPen(_LINE)
        self._painter.drawLine(0, int(top + height), int(self._width), int(top + height))

    def _draw_footer(self, number: int, of: int) -> None:
        top = self._height - self._foot + self._pad
        box = QRectF(0, top, self._width, self._foot - self._pad)
        self._write(self._table.footer, box, self._small)
        self._painter.setPen(_INK)
        page = _("Page {n} of {total}").format(n=number, total=of)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignRight, page)

    def _write(self, text: str, box: QRectF, font: QFont) -> None:
        self._painter.setFont(font)
        self._painter.setPen(_INK)
        self._painter.drawText(box, self._wrapping(text, box.width(), font), text)

    def _row_height(self, row: Sequence[str], font: QFont) -> float:
        metrics = self._metrics(font)
        heights = [metrics.height()]
        for text, width in zip(row, self._widths, strict=True):
            inside = width - 2 * self._pad
            if metrics.horizontalAdvance(text) > inside:
                room = QRectF(0, 0, inside, self._height)
                flags = self._wrapping(text, inside, font)
                heights.append(metrics.boundingRect(room, flags, text).height())
        return min(max(heights) + 2 * self._pad, self._height / 2)

    def _wrapping(self, text: str, width: float, font: QFont) -> int:
        """Between words; inside them only where one alone is too long for the column."""
        longest = max(text.split(), key=len, default="")
        fits = self._metrics(font).horizontalAdvance(longest) <= width
        return _AT_WORDS if fits else _ANYWHERE

    def _column_widths(self) -> list[float]:
        """Each column as wide as its longest text, within bounds, all together the page's width."""
        metrics, bold = self._metrics(self._plain), self._metrics(self._bold)
        wanted = []
        for number, heading in enumerate(self._table.headings):
            texts = [row[number] for row in self._table.rows[:_MEASURED]]
            longest = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
            width = max(longest, bold.horizontalAdvance(heading)) + 2 * self._pad
            wanted.append(min(max(width, _NARROWEST * self._width), _WIDEST * self._width))
        return [width * self._width / sum(wanted) for width in wanted]

    def _metrics(self, font: QFont) -> QFontMetricsF:
        return QFontMetricsF(font, self._painter.device())


def _font(points: float, bold: bool = False) -> QFont:
    font = QFont()
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def _unwritable(why: str) -> UserError:
    return UserError(
        _("The file can't be written."),
        why,
        _("Close it in other programs, or choose another folder."),
    )
