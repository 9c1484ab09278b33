"""CSV and TSV: find out the encoding and the delimiter, then read row by row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from smassistant.i18n import _
from smassistant.registry.cells import GUESSED
from smassistant.registry.tables import HEAD, Record, refused

DELIMITERS = (",", ";", "\t", "|")

_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHOWN = {"utf-16-le": "utf-16", "utf-16-be": "utf-16", "cp1252": "windows-1252"}
# "Ã©" and its like in Windows-1252: the file is UTF-8 with a few other bytes in it.
_DAMAGED_UTF_8 = re.compile(rb"[\xc3\xc4\xc5][\x80-\xbf]|\xe2\x80[\x98-\x9d]")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class DelimitedTable:
    """Text with one delimiter, held as the bytes of the file and decoded while it is read."""

    data: bytes
    codec: str
    start: int
    delimiter: str
    lines_before: int = 0
    hidden: frozenset[int] = frozenset()
    errors: str = "strict"

    @property
    def encoding(self) -> str:
        """The encoding as people name it."""
        return _SHOWN.get(self.codec, self.codec)

    @property
    def size(self) -> int:
        """Lines in the file, at most a few too many."""
        wide = self.codec.startswith("utf-16")
        return self.data.count(b"\n\x00" if wide else b"\n") + 1

    def head(self) -> list[list[str]]:
        """The first rows, read leniently: with the wrong delimiter anything may happen."""
        rows: list[list[str]] = []
        with suppress(csv.Error):
            rows.extend(islice(csv.reader(self._lines(), delimiter=self.delimiter), HEAD))
        return rows

    def records(self) -> Iterator[Record]:
        """Every row. Raises UserError where quotation marks don't match."""
        reader = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
        line = self.lines_before + 1
        try:
            for row, cells in enumerate(reader, 1):
                yield row, line, cells
                line = self.lines_before + reader.line_num + 1
        except csv.Error as error:
            raise refused(
                _(
                    "A quotation mark in the row that begins on line {line} is in the wrong "
                    "place or is never closed."
                ).format(line=line)
            ) from error

    def _lines(self) -> io.TextIOWrapper:
        """The text from the first row on; line ends are left for the csv module to see."""
        raw = io.BytesIO(self.data)
        raw.seek(self.start)
        text = io.TextIOWrapper(raw, encoding=self.codec, errors=self.errors, newline="")
        for _line in range(self.lines_before):
            text.readline()
        return text


def delimited_tables(data: bytes) -> list[DelimitedTable]:
    """The text read with each delimiter that is possible; a line "sep=;" leaves only that one.

    Raises UserError if the bytes are no text in a known encoding.
    """
    codec, start, errors = _codec_of(data)
    first = data[start : start + 64].decode(codec, errors="replace")
    told = _SEPARATOR_LINE.match(first)
    if told and told[1] in DELIMITERS:
        return [DelimitedTable(data, codec, start, told[1], 1, errors=errors)]
    return [DelimitedTable(data, codec, start, item, errors=errors) for item in DELIMITERS]


def _guess(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, each with a mark so that it is reported."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252", "replace") + GUESSED for b in wrong), error.end


_GUESSING = "windows-1252-with-a-mark"
codecs.register_error(_GUESSING, _guess)


def _codec_of(data: bytes) -> tuple[str, int, str]:
    """The codec, how many bytes of mark to skip, and what to do with bytes that don't fit.

    A mark decides; else strict UTF-8, then Windows-1252; UTF-8 that is damaged in places is read
    as such, and those places are reported by row.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _checked(data, (codec,), len(mark))
    if data[:_BLOCK].count(0):
        if wide := _wide_codec(data):
            return _checked(data, (wide,), 0)
        raise _not_text()
    return _checked(data, ("utf-8", "cp1252"), 0)


def _wide_codec(data: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of the beginning is zero."""
    sample = data[:4096]
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else ""


def _checked(data: bytes, codecs_to_try: tuple[str, ...], start: int) -> tuple[str, int, str]:
    """The first codec that decodes all of `data`, without a character that text never has."""
    for codec in codecs_to_try:
        if _decodes(data, codec, start):
            return codec, start, "strict"
        if codec == "utf-8" and (start or _DAMAGED_UTF_8.search(data)):
            if b"\0" in data:
                raise _not_text()
            return codec, start, _GUESSING
    raise refused(
        _("The text of the file is neither UTF-8, UTF-16 nor Windows-1252."),
        _("Names would be read wrongly, so nothing was read."),
        _("Save the list again as “CSV UTF-8”."),
    )


def _decodes(data: bytes, codec: str, start: int) -> bool:
    """Whether all of `data` is text in `codec`. Raises UserError at a zero character."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    view = memoryview(data)
    try:
        for at in range(start, len(data), _BLOCK):
            if "\0" in decoder.decode(view[at : at + _BLOCK]):
                raise _not_text()
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _not_text() -> Exception:
    """The refusal of a file with zero characters."""
    return refused(_("The file holds binary data, not a list of people."))
