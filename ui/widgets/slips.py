"""The misspelt words of one editor: where they are, and which one the cursor is at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from smassistant.services.proofreading import words_among
from ui.models.spelling import Spelling
from ui.widgets.offsets import Offsets
from ui.widgets.underliner import Underliner


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that no dictionary knows, the paragraph it stands in, and a cursor over it."""

    word: str
    paragraph: str
    cursor: QTextCursor


class Slips(QObject):
    """Sends changed paragraphs to be checked and has them drawn again when the answer is here.

    The word that is being typed is left alone until the cursor leaves it.
    """

    def __init__(self, editor: QPlainTextEdit, spelling: Spelling) -> None:
        super().__init__(editor)
        self.spelling = spelling
        self._editor = editor
        self._underliner: Underliner | None = None
        self._typing = False
        self._in_key = False
        self._spared = -1  # where the word begins that is left alone
        editor.document().contentsChange.connect(self._look_at_change)
        editor.cursorPositionChanged.connect(self._follow_cursor)
        spelling.changed.connect(self._show_words)
        spelling.switched.connect(self.look_at_all)

    def draw_with(self, underliner: Underliner) -> None:
        """Have misspelt words drawn by `underliner`."""
        self._underliner = underliner
        underliner.draw_slips(self.places)
        self.look_at_all()

    def look_at_all(self) -> None:
        """Have every paragraph checked that was not yet."""
        self.spelling.look(block.text() for block in self._blocks())

    def places(self, text: str, first: int) -> Iterator[tuple[int, int]]:
        """The misspelt words of a paragraph that begins at `first`, in UTF-16 units of it."""
        for start, end, _word in self._found(text):
            if not self._spares(first + start, first + end):
                yield start, end

    def at(self, position: int) -> Slip | None:
        """The misspelt word at the UTF-16 place `position`."""
        block = self._editor.document().findBlock(position)
        return next(
            (
                self._slip(block, start, end, word)
                for start, end, word in self._found(block.text())
                if start <= position - block.position() <= end
            ),
            None,
        )

    def after(self, position: int) -> Slip | None:
        """The next misspelt word that begins at `position` or later, round the end."""
        found = [
            (block, start, end, word)
            for block in self._blocks()
            for start, end, word in self._found(block.text())
        ]
        later = [each for each in found if each[0].position() + each[1] >= position]
        return self._slip(*(later or found)[0]) if found else None

    @contextmanager
    def typing(self, signs: str) -> Iterator[None]:
        """While the editor takes a key that writes `signs`, or none."""
        self._in_key, self._typing = True, bool(signs)
        yield
        self._in_key = False

    def leave(self) -> None:
        """Nobody types here any more: the last word counts too."""
        self._typing = False
        self._spare_no_more()

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        found = list(words_among(self.spelling.wrong, text))
        if found:
            offsets = Offsets(text)
            for start, end, word in found:
                yield offsets.units(start), offsets.units(end), word

    def _slip(self, block: QTextBlock, start: int, end: int, word: str) -> Slip:
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + start)
        cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
        return Slip(word, block.text(), cursor)

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self._editor.document().firstBlock()
        while block.isValid():
            yield block
            block = block.next()

    # --- while somebody types -----------------------------------------------------------------

    def _spares(self, start: int, end: int) -> bool:
        editor = self._editor
        if self._typing and editor.hasFocus() and start < editor.textCursor().position() <= end:
            self._spared = start
            return True
        return False

    def _follow_cursor(self) -> None:
        if not (self._in_key and self._typing):
            self.leave()

    def _spare_no_more(self) -> None:
        if self._spared >= 0:
            block = self._editor.document().findBlock(self._spared)
            self._spared = -1
            self._draw([block] if block.isValid() else [])

    def _look_at_change(self, position: int, _removed: int, added: int) -> None:
        document = self._editor.document()
        block, last = document.findBlock(position), document.findBlock(position + added)
        texts = [block.text()]
        while block.isValid() and block != last:
            block = block.next()
            texts.append(block.text())
        self.spelling.look(texts)

    # --- drawing ------------------------------------------------------------------------------

    def _show_words(self, words: frozenset[str]) -> None:
        """Some words became right or wrong: draw the paragraphs again that hold one.

        The text is taken at once: each call to Qt may hand a busy worker the next 5 ms.
        """
        text = self._editor.toPlainText()
        offsets = Offsets(text)
        blocks: dict[int, QTextBlock] = {}
        for word in words_among(words, text):
            block = self._editor.document().findBlock(offsets.units(word.start))
            blocks[block.blockNumber()] = block
        self._draw(blocks.values())

    def _draw(self, blocks: Iterable[QTextBlock]) -> None:
        if self._underliner is not None:
            self._underliner.draw_again(list(blocks))
