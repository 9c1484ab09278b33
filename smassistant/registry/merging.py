"""All rows of one number become one person; what permits least wins (clause 4.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce

from smassistant.domain.people import Kind, Person
from smassistant.i18n import _
from smassistant.registry.answers import Reply
from smassistant.registry.layouts import Layout
from smassistant.registry.names import Names, may_be_one
from smassistant.registry.replies import NOTHING, Answers, strictest
from smassistant.registry.rosters import ALL_KEYS, Code, RosterPerson
from smassistant.registry.rows import WHOLE_ROW, Problems, Row, RowReader
from smassistant.registry.words import fold


class Merger:
    """Combines rows of one number, whatever their order."""

    def __init__(self, layout: Layout, reader: RowReader, problems: Problems) -> None:
        self._problems = problems
        self._reader = reader
        self._number, self._restricted, self._expires = (
            next(iter(layout.columns(name)), WHOLE_ROW)
            for name in ("student_number", "restricted", "expires")
        )
        # One row for each permission, or for each dated answer: numbers are meant to come again.
        self._repeats = "permission" in layout.fields or "date" in layout.fields

    def merge(self, rows: Sequence[Row]) -> RosterPerson:
        """One person of all `rows`, two or more of one number."""
        one = may_be_one([_names_in(row) for row in rows])
        heard = _still_heard(rows) if one else [row.replies for row in rows]
        counted = [
            row
            for row, replies in zip(rows, heard, strict=True)
            if replies != NOTHING or row.replies == NOTHING
        ]
        self._report_repeats(rows, one)
        self._report_conflicts(rows, heard, counted)
        people = [row.found.person for row in rows]
        person = Person(
            people[0].number,
            people[0].number,
            *_names(rows),
            kind=next(kind for kind in Kind if any(item.kind is kind for item in people)),
            grade=_usual(item.grade for item in people),
            homeroom=_usual(item.homeroom for item in people),
            school=_usual(item.school for item in people),
            status=_usual(item.status for item in people),
            restricted=any(item.restricted for item in people),
        )
        replies = heard if one else _of_all_named(rows)
        signer = _usual(row.found.signer for row in counted)
        given = _given(rows, heard) if one else ()
        answers = Answers(reduce(strictest, replies))
        return RosterPerson(person, signer, _earliest(counted), answers, given)

    def _report_repeats(self, rows: Sequence[Row], one: bool) -> None:
        """Say where a number stands again, and whether two people may share it."""
        if one and self._repeats:
            return
        first = min(rows, key=_place)
        for row in rows:
            if row is first:
                continue
            message = (
                _("The number stands in row {row} already; the stricter answers count.")
                if one
                else _(
                    "The number stands in row {row} already with quite another name; they are "
                    "treated as one person, permitted only what both rows permit."
                )
            ).format(row=first.row)
            self._problems.report(row.row, row.line, self._number, Code.DUPLICATE_NUMBER, message)

    def _report_conflicts(
        self, rows: Sequence[Row], heard: Sequence[str], counted: Sequence[Row]
    ) -> None:
        """Say once per person where rows that count differ."""
        columns = [
            self._reader.answers.column_of(key)
            for key, letters in zip(ALL_KEYS, zip(*heard, strict=True), strict=True)
            if len(set(letters) - {"-"}) > 1
        ]
        if len({row.found.person.restricted for row in rows}) > 1:
            columns.append(self._restricted)
        if len({row.found.expires for row in counted}) > 1:
            columns.append(self._expires)
        if columns:
            last = max(rows, key=_place)
            message = _("The rows of this person don't agree; what permits least counts.")
            self._problems.report(last.row, last.line, min(columns), Code.CONFLICTING_ROWS, message)


def _place(row: Row) -> int:
    """Where a row stands."""
    return row.row


def _still_heard(rows: Sequence[Row]) -> list[str]:
    """The answers of each row without those that a certainly later row has replaced.

    For every permission, a row counts no more if another answers it at a moment that begins
    after the whole of its own; a row without a readable date always counts.
    """
    heard = [list(row.replies) for row in rows]
    dated = [(row.answered, letters) for row, letters in zip(rows, heard, strict=True)]
    for index in range(len(ALL_KEYS)):
        starts = [at.earliest for at, letters in dated if at and letters[index] != "-"]
        if not starts:
            continue
        latest = max(starts)
        for at, letters in dated:
            if at and at.latest < latest:
                letters[index] = "-"
    return ["".join(letters) for letters in heard]


def _given(rows: Sequence[Row], heard: Sequence[str]) -> tuple[date | None, ...]:
    """The day each permission was answered: the latest of the rows that still count for it.

    None if one of them tells no day; empty if no row tells any.
    """
    if not any(row.answered for row in rows):
        return ()
    days: list[date | None] = []
    for letters in zip(*heard, strict=True):
        moments = [row.answered for row, letter in zip(rows, letters, strict=True) if letter != "-"]
        known = [moment.latest.date() for moment in moments if moment]
        days.append(max(known) if known and len(known) == len(moments) else None)
    return tuple(days)


def _of_all_named(rows: Sequence[Row]) -> list[str]:
    """The answers of each name that shares the number; what one was never asked is a blank.

    So nothing is granted but what everyone granted.
    """
    named: dict[str, list[str]] = {}
    for row in rows:
        named.setdefault(fold(_names_in(row).full), []).append(row.replies)
    found = [reduce(strictest, replies) for replies in named.values()]
    asked = [set(letters) != {"-"} for letters in zip(*found, strict=True)]
    return [
        "".join(
            Reply.BLANK if one == "-" and was else one for one, was in zip(line, asked, strict=True)
        )
        for line in found
    ]


def _earliest(rows: Iterable[Row]) -> date | None:
    """The earliest expiry of the rows that count."""
    return min((row.found.expires for row in rows if row.found.expires), default=None)


def _usual(texts: Iterable[str]) -> str:
    """The text most rows have; of several the longest, then the first by alphabet."""
    counts = Counter(text for text in texts if text)
    return min(counts, key=lambda text: (-counts[text], -len(text), text), default="")


def _names_in(row: Row) -> Names:
    """The names of one row."""
    person = row.found.person
    return Names(person.first_name, person.last_name, person.preferred_name, person.other_names)


def _names(rows: Sequence[Row]) -> Names:
    """The usual names, and every other name of these rows among the other names."""
    found = [_names_in(row) for row in rows]
    pairs = Counter((names.first, names.last) for names in found)
    first, last = min(
        pairs, key=lambda pair: (not all(pair), -pairs[pair], -len(pair[0] + pair[1]), pair)
    )
    preferred = _usual(names.preferred for names in found)
    others = {name for names in found for name in names.others}
    others |= {Names(*pair).full for pair in pairs} | {names.preferred for names in found}
    others -= {Names(first, last).full, preferred, first, last, ""}
    return Names(first, last, preferred, tuple(sorted(others)))
