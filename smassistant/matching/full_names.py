"""Names that give first name and surname, in any order, spelling or case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smassistant.domain.findings import Form
from smassistant.matching.initials import first_initial, initial_last, last_initial
from smassistant.matching.parts import NOBODY, Found, Parts
from smassistant.matching.slips import may_be_slip, slip_in_first, slip_in_last, two_slips_in_first
from smassistant.matching.tokens import Hit


def find_full_names(parts: Parts) -> list[tuple[int, int, Hit]]:
    """The full names as (first token, token after the last, hit), not overlapping, in order."""
    found = [one for at in range(len(parts.stretch.tokens)) for one in _starting(parts, at)]
    found.sort(key=lambda one: (one.rank, one.first - one.last, one.first))
    taken: set[int] = set()
    chosen: dict[tuple[int, int], Hit] = {}
    for one in found:
        span = (one.first, one.last)
        if span in chosen:
            rows = chosen[span].rows
            more = tuple(row for row in one.hit.rows if row not in rows)
            chosen[span] = replace(chosen[span], rows=rows + more)
        elif taken.isdisjoint(range(*span)):
            taken.update(range(*span))
            chosen[span] = one.hit
    return [(first, last, hit) for (first, last), hit in sorted(chosen.items())]


def _starting(parts: Parts, at: int) -> Iterator[Found]:
    if parts.firsts[at]:
        exact = list(_first_last(parts, at))
        yield from exact
        yield from first_initial(parts, at)
        if not exact:
            yield from slip_in_last(parts, at)
    elif may_be_slip(parts, at):
        yield from slip_in_first(parts, at)
        yield from two_slips_in_first(parts, at)
    if parts.lasts[at]:
        yield from _last_first(parts, at)
    if len(parts.stretch.tokens[at].raw) <= 2 and parts.stretch.tokens[at].cap:
        yield from initial_last(parts, at)


def _first_last(parts: Parts, at: int) -> Iterator[Found]:
    for first in parts.firsts[at]:
        for start in parts.after_middle(first.end):
            for last in parts.lasts[start]:
                exact = first.exact & last.exact
                others = (first.everyone & last.everyone) - exact
                if exact or others:
                    form = Form.FULL if exact or not first.short else Form.NICKNAME
                    sure = parts.sureness(at, last.end, 0.97 if exact else 0.9)
                    if sure:
                        yield parts.found(0, at, last.end, exact, others, form, sure)


def _last_first(parts: Parts, at: int) -> Iterator[Found]:
    """ "Smith, Emma" and "Smith Emma"."""
    tokens, stretch = parts.stretch.tokens, parts.stretch
    for last in parts.lasts[at]:
        if last.end >= len(tokens):
            continue
        gap = stretch.gaps[last.end - 1]
        comma = gap.strip() == "," and "\n" not in gap and not _name_before(parts, at)
        if not comma and not stretch.plain(last.end - 1):
            continue
        for first in parts.firsts[last.end]:
            exact = last.exact & first.exact
            loose = (last.exact & first.loose) - exact if comma else NOBODY
            wordy = parts.all_words(at, last.end) and parts.all_words(last.end, first.end)
            if not (exact or loose) or (wordy and not comma):
                continue
            if comma and parts.firsts[at] and _goes_on(parts, first.end):
                continue
            sure = parts.sureness(at, first.end, 0.95 if comma else 0.85)
            if sure and (tokens[at].cap or stretch.lower):
                yield parts.found(1, at, first.end, exact, loose, Form.FULL, sure)
        if comma:
            yield from last_initial(parts, at, last)


def _name_before(parts: Parts, at: int) -> bool:
    """Whether the word before belongs to the surname, so that a comma ends a full name."""
    if not at or not parts.stretch.joins[at - 1]:
        return False
    before = parts.stretch.tokens[at - 1]
    return before.cap and before.key not in parts.words.plain


def _goes_on(parts: Parts, end: int) -> bool:
    """Whether a list goes on behind token `end`: "Joy, Faith and Will" are three first names."""
    tokens, gaps = parts.stretch.tokens, parts.stretch.gaps
    if end >= len(tokens):
        return False
    return gaps[end - 1].strip() in (",", "&") or tokens[end].key in ("and", "et")
