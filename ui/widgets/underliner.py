"""Underlines under the words of findings and under misspelt words; they follow every edit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import (
    QColor,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from smassistant.domain.findings import Finding, Severity
from ui import theme

_Style = QTextCharFormat.UnderlineStyle
# The shape tells the severity too, for eyes that don't tell the colours apart.
UNDERLINES = {
    Severity.BLOCK: _Style.WaveUnderline,
    Severity.WARN: _Style.DashUnderline,
    Severity.ADVICE: _Style.DotLine,
}
MISSPELT = _Style.SingleUnderline
_WORST_LAST = (Severity.ADVICE, Severity.WARN, Severity.BLOCK)

Slips = Callable[[str, int], Iterable[tuple[int, int]]]
_Drawn = tuple[int, int, Severity]


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding and the cursor that follows its words through edits."""

    finding: Finding
    cursor: QTextCursor

    @property
    def start(self) -> int:
        """The UTF-16 place where the words begin now."""
        return self.cursor.anchor()

    @property
    def end(self) -> int:
        """The UTF-16 place behind the words now."""
        return self.cursor.position()

    @property
    def stands(self) -> bool:
        """Whether any of the words are left; text put in their place turns the cursor round."""
        return self.start < self.end


class Underliner(QSyntaxHighlighter):
    """Draws the marks as part of the text: with many marks ten times faster than selections.

    Only paragraphs in which something changes are drawn again.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._slips: Slips | None = None
        self._marks: list[Mark] = []  # by start; edits keep that order
        self._wide: list[Mark] = []  # those over several paragraphs
        self._styles: dict[Severity | None, QTextCharFormat] = {}
        theme.changes().changed.connect(self._dress_again)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks whose words still stand."""
        return tuple(mark for mark in (*self._wide, *self._marks) if mark.stands)

    def show_marks(self, marks: Iterable[Mark]) -> None:
        """Underline these, and these only; where two overlap the worse one is seen."""
        before = self._drawn()
        ordered = sorted(marks, key=lambda mark: mark.start)
        self._wide = [mark for mark in ordered if not self._in_one_paragraph(mark)]
        wide = {id(mark) for mark in self._wide}
        self._marks = [mark for mark in ordered if id(mark) not in wide]
        self._draw_again(self._drawn() ^ before)

    def draw_slips(self, slips: Slips) -> None:
        """Underline misspelt words too: `slips` gives their places in a paragraph, from its words
        and the place where it begins, all in UTF-16 units."""
        self._slips = slips
        self.rehighlight()

    def draw_again(self, blocks: Iterable[QTextBlock]) -> None:
        """Draw these paragraphs again: other words of them are misspelt now."""
        for block in blocks:
            self.rehighlightBlock(block)

    def highlightBlock(self, text: str) -> None:
        """Called by Qt for each paragraph that was edited."""
        block = self.currentBlock()
        first, last = block.position(), block.position() + block.length()
        if self._slips is not None:
            for start, end in self._slips(text, first):
                self.setFormat(start, end - start, self._style(None))
        found = [mark for mark in self._wide if mark.start < last and mark.end > first]
        found += self._starting_in(first, last)
        for mark in sorted(found, key=_badness):
            start, end = max(mark.start, first), min(mark.end, last)
            if start < end:
                style = self._style(mark.finding.severity)
                self.setFormat(start - first, end - start, style)

    def _starting_in(self, first: int, last: int) -> Iterator[Mark]:
        at = bisect_left(self._marks, first, key=lambda mark: mark.start)
        while at < len(self._marks) and self._marks[at].start < last:
            yield self._marks[at]
            at += 1

    def _in_one_paragraph(self, mark: Mark) -> bool:
        block = self.document().findBlock(mark.start)
        return mark.end <= block.position() + block.length()

    def _drawn(self) -> set[_Drawn]:
        return {(mark.start, mark.end, mark.finding.severity) for mark in self.marks}

    def _draw_again(self, changed: set[_Drawn]) -> None:
        blocks: dict[int, QTextBlock] = {}
        for start, end, _severity in changed:
            block = self.document().findBlock(start)
            while block.isValid() and block.position() < end:
                blocks[block.blockNumber()] = block
                block = block.next()
        self.draw_again(blocks.values())

    def _dress_again(self) -> None:
        self._styles.clear()
        self.rehighlight()

    def _style(self, severity: Severity | None) -> QTextCharFormat:
        """How words are underlined: for a finding, or for None where they are misspelt."""
        style = self._styles.get(severity)
        if style is None:
            colours = theme.colours()
            style = self._styles[severity] = QTextCharFormat()
            style.setUnderlineStyle(UNDERLINES[severity] if severity else MISSPELT)
            style.setUnderlineColor(
                QColor(colours.severity(severity) if severity else colours.muted)
            )
        return style


def _badness(mark: Mark) -> int:
    return _WORST_LAST.index(mark.finding.severity)
