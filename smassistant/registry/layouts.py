"""Where the headings of a table are and which column is which field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from smassistant.registry.answers import Reply, reply_of
from smassistant.registry.cells import STORED, read_cell
from smassistant.registry.headings import (
    IGNORE,
    field_of,
    is_unneeded,
    permission_keys,
)
from smassistant.registry.mapping import Mapping
from smassistant.registry.rosters import Column, LeftOut
from smassistant.registry.sheet_notes import column_letters
from smassistant.registry.words import fold, squash

_HEADINGS_WITHIN = 25
_MOST_COLUMNS = 1000
_MAPPED = -1
_FIRST_LAST = ("first_last", 99)  # "Name": of several, that of whoever filled in the form


@dataclass
class Layout:
    """The fields of the columns (None: not read) and the rows that hold the headings (from 0).

    `heading_rows` are those rows as they stand.
    """

    headings: list[str]
    fields: list[str | None]
    first_row: int
    last_row: int
    unknown: list[int] = field(default_factory=list)
    twice: list[int] = field(default_factory=list)
    not_found: list[str] = field(default_factory=list)
    left_out: dict[int, LeftOut] = field(default_factory=dict)
    heading_rows: list[list[str]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many cells a row must have."""
        return len(self.fields)

    def columns(self, name: str) -> list[int]:
        """The columns of one field."""
        return [index for index, item in enumerate(self.fields) if item == name]

    def permission_columns(self) -> list[int]:
        """The columns that hold answers to permissions."""
        return [index for index, item in enumerate(self.fields) if item and permission_keys(item)]

    def label(self, index: int) -> str:
        """The heading of a column, or its letter where it has none."""
        return self.headings[index] or column_letters(index)

    def described(self) -> tuple[Column, ...]:
        """Every column that has a heading or something in it."""
        return tuple(
            Column(self.label(index), name or "", self.left_out.get(index))
            for index, name in enumerate(self.fields)
            if name or index in self.left_out
        )

    @property
    def has_number(self) -> bool:
        """Whether a column holds the student or staff number."""
        return "student_number" in self.fields

    @property
    def has_name(self) -> bool:
        """Whether some column holds names."""
        names = {"first_name", "last_name", "last_first", "first_last"}
        return not names.isdisjoint(item for item in self.fields if item)

    @property
    def has_permissions(self) -> bool:
        """Whether anything in the table answers for a permission."""
        return "permission" in self.fields or bool(self.permission_columns())

    @property
    def score(self) -> tuple[bool, int]:
        """How well the headings are understood."""
        known = sum(item is not None for item in self.fields)
        return self.has_number and self.has_name, known


def find_layout(
    head: Sequence[Sequence[str]], mapping: Mapping, hidden: frozenset[int]
) -> Layout | None:
    """The best reading of the first rows as headings; None if nothing is recognised.

    The headings may stand below a title and may fill two rows ("Photo" over "Website").
    """
    best: Layout | None = None
    for candidate in _candidates(head, mapping, hidden):
        if candidate.score > (best.score if best else (False, 0)):
            best = candidate
    if best:
        _widen(best, head)
        best.not_found = _headings_not_found(best, mapping)
    return best


def guess_layout(
    head: Sequence[Sequence[str]], mapping: Mapping, hidden: frozenset[int]
) -> Layout | None:
    """The row near the top with the most cells, taken for headings that nobody knows yet."""
    rows = [[_label(cell) for cell in cells] for cells in head[:_HEADINGS_WITHIN]]
    filled = [sum(map(bool, row)) for row in rows]
    most = max(filled, default=0)
    if most < 2 or most > _MOST_COLUMNS:
        return None
    at = filled.index(most)
    return _layout(rows[at], at, at, head, mapping, hidden)


def _candidates(
    head: Sequence[Sequence[str]], mapping: Mapping, hidden: frozenset[int]
) -> Iterator[Layout]:
    """Every row near the top as headings, and every row together with the next."""
    for index, cells in enumerate(head[:_HEADINGS_WITHIN]):
        labels = [_label(cell) for cell in cells]
        if not any(labels) or len(labels) > _MOST_COLUMNS:
            continue
        yield _layout(labels, index, index, head, mapping, hidden)
        if index + 1 < len(head) and any(head[index + 1]):
            below = [_label(cell) for cell in head[index + 1]]
            if both := _two_rows(labels, below, mapping):
                yield _layout(both, index, index + 1, head, mapping, hidden)


def _label(cell: str) -> str:
    """The text of a heading; a formula has none."""
    return "" if cell.startswith(STORED) else read_cell(cell).text


def _two_rows(above: list[str], below: list[str], mapping: Mapping) -> list[str]:
    """Headings from two rows: an empty cell above belongs to the merged cell on its left.

    Nothing if the lower row is no heading: most of its cells must mean something there.
    """
    width = max(len(above), len(below))
    above, below = above + [""] * (width - len(above)), below + [""] * (width - len(below))
    labels, group, understood = [], "", 0
    for top, bottom in zip(above, below, strict=True):
        group = top or group
        both = f"{group} {bottom}".strip() if bottom else top
        known = [text for text in (both, bottom, top) if text and _recognised(text, mapping)[0]]
        labels.append(known[0] if known else (bottom or top))
        understood += bool(bottom and known and known[0] != top)
    return labels if 2 * understood > sum(map(bool, below)) else []


def _recognised(label: str, mapping: Mapping, heading: str | None = None) -> tuple[str, int]:
    """The field of a heading, the mapping file first.

    Without a heading of its own (""), a column is only known by a mapping of its letter.
    """
    mapped = mapping.columns.get(squash(label))
    return (mapped, _MAPPED) if mapped else field_of(label if heading is None else heading)


def _layout(
    labels: list[str],
    first_row: int,
    last_row: int,
    head: Sequence[Sequence[str]],
    mapping: Mapping,
    hidden: frozenset[int],
) -> Layout:
    """Settle what each column is, when several want to be the same."""
    found = [
        ("", 0) if index in hidden else _recognised(label or column_letters(index), mapping, label)
        for index, label in enumerate(labels)
    ]
    sample = head[last_row + 1 :]
    found = _with_whole_names(labels, found, sample)
    names = [name for name, _rank in found]
    if ("permission" in names) != ("value" in names):
        found = [("" if name in {"permission", "value"} else name, rank) for name, rank in found]
    layout = Layout(labels, [None] * len(labels), first_row, last_row)
    layout.heading_rows = [list(cells) for cells in head[first_row : last_row + 1]]
    best: dict[str, tuple[int, int]] = {}
    for index, (name, rank) in enumerate(found):
        if name and name != IGNORE and not permission_keys(name):
            best[name] = min(best.get(name, (rank, index)), (rank, index))
    for index, (name, rank) in enumerate(found):
        if index in hidden:
            if labels[index]:
                layout.left_out[index] = LeftOut.HIDDEN
        elif name == IGNORE:
            layout.left_out[index] = LeftOut.CHOSEN
        elif name and (permission_keys(name) or best[name][1] == index):
            layout.fields[index] = name
        elif name:
            layout.left_out[index] = LeftOut.SAME_MEANING
            if best[name][0] == rank:
                layout.twice.append(index)
        elif why := _why_unread(labels[index], index, sample):
            layout.left_out[index] = why
            if why is LeftOut.UNKNOWN:
                layout.unknown.append(index)
    return layout


def _why_unread(label: str, index: int, sample: Sequence[Sequence[str]]) -> LeftOut | None:
    """Why a column without a field is not read; None if nothing is in it at all."""
    if label:
        if is_unneeded(label):
            return LeftOut.NOT_NEEDED
        return LeftOut.SAME_MEANING if _is_name_part(label) else LeftOut.UNKNOWN
    filled = any(len(cells) > index and cells[index].strip() for cells in sample)
    return LeftOut.UNKNOWN if filled else None


def _is_name_part(label: str) -> bool:
    """Whether a heading is a name that other columns give already."""
    return field_of(label)[0] in {"name", "full_name", "first_last", "last_first"}


def _with_whole_names(
    labels: list[str], found: list[tuple[str, int]], sample: Sequence[Sequence[str]]
) -> list[tuple[str, int]]:
    """Decide what "Name" and its like are: the person's name, or the permission to name.

    Beside columns with first and last names, "Name" is a permission if it holds answers; alone,
    it is the name of the person.
    """
    names = {name for name, _rank in found}
    given = "last_first" in names or {"first_name", "last_name"} <= names
    settled: list[tuple[str, int]] = []
    for index, (name, rank) in enumerate(found):
        if rank == _MAPPED or name not in {"name", "full_name", "first_last"}:
            settled.append((name, rank))
        elif fold(labels[index]).startswith("nom de l ") and "first_name" in names:
            settled.append(("last_name", 9))
        elif name == "first_last":
            settled.append(("", 0) if given else (name, rank))
        else:
            answers = _holds_answers(index, sample)
            other = ("", 0) if given else _FIRST_LAST
            settled.append((name, rank) if answers or (given and answers is None) else other)
    return settled


def _holds_answers(index: int, sample: Sequence[Sequence[str]]) -> bool | None:
    """Whether any cell of a column can be read as an answer; None if all are blank."""
    texts = [cells[index].strip() for cells in sample if len(cells) > index]
    replies = {reply_of(text) for text in texts if text}
    return not replies.isdisjoint({Reply.YES, Reply.NO}) if replies else None


def _widen(layout: Layout, head: Sequence[Sequence[str]]) -> None:
    """Add nameless columns where every row has more cells than there are headings.

    Some programs end each row but the headings with a delimiter.
    """
    lengths = [len(cells) for cells in head[layout.last_row + 1 :] if any(cells)]
    extra = min(lengths, default=0) - layout.width
    if extra > 0 and not any(
        cell.strip() for cells in head[layout.last_row + 1 :] for cell in cells[layout.width :]
    ):
        layout.headings += [""] * extra
        layout.fields += [None] * extra


def _headings_not_found(layout: Layout, mapping: Mapping) -> list[str]:
    """Headings that the mapping file names and the table does not have."""
    there = {squash(layout.label(index)) for index in range(layout.width)}
    return [mapping.written.get(key, key) for key in mapping.columns if key not in there]
