"""First names and surnames on their own, and what names in a list say about each other."""

from __future__ import annotations

from smassistant.matching.first_names import judge_first_name
from smassistant.matching.lone import Lone, is_city
from smassistant.matching.parts import NOBODY, Parts
from smassistant.matching.surnames import judge_surname
from smassistant.matching.tokens import Hit

FLOOR = 0.3
_LIST_WORDS = frozenset({"and", "et", "with", "avec", "or", "ou", "n"})
_LIST_MARKS = frozenset({"", ",", "&", "+", "/", ";", ", &"})


def find_single_names(parts: Parts, full: list[tuple[int, int, Hit]]) -> list[Hit]:
    """Lone names sure enough to be worth a question, in order, given the full names found."""
    taken = {at for first, last, _ in full for at in range(first, last)}
    lone: list[Lone] = []
    at = 0
    while at < len(parts.stretch.tokens):
        one = None if at in taken else _judge(parts, at, taken)
        if one is not None:
            lone.append(one)
        at = one.end if one is not None else at + 1
    for one in lone:
        _hear_neighbours(parts, one, lone, full)
    return [_hit(parts, one) for one in lone if one.sure >= FLOOR]


def _judge(parts: Parts, at: int, taken: set[int]) -> Lone | None:
    """The first name or surname at a token: the longer one, "Van den Heuvel" before "Van"."""
    first = judge_first_name(parts, at, taken)
    if first is not None and all(part.end <= first.end for part in parts.lasts[at]):
        return first
    surname = judge_surname(parts, at, taken)
    if first is None or (surname is not None and surname.end > first.end):
        return surname
    return first


def _hear_neighbours(
    parts: Parts, one: Lone, lone: list[Lone], full: list[tuple[int, int, Hit]]
) -> None:
    """Names in a list vouch for each other; "Noah and Nora Smith" share a surname."""
    for first, last, hit in full:
        if hit.confidence < 0.5:
            continue
        if _listed(parts, one.end, first):
            one.sure += 0.35
            _share_surname(parts, one, hit)
            return
        if _listed(parts, last, one.at):
            one.sure += 0.35
            return
    beside = [
        other
        for other in lone
        if other is not one and other.surname == one.surname
        if _listed(parts, one.end, other.at) or _listed(parts, other.end, one.at)
    ]
    towns = [other for other in (one, *beside) if is_city(parts, other)]
    if any(not other.wordy for other in beside):
        one.sure += 0.3
    elif len(towns) > 1 and any(other.sure < 0.1 for other in towns):
        one.sure -= 0.35  # "to Paris or London": what one is not, the other is not
    elif beside and not one.surname:
        one.sure += 0.2 if any(other.sure >= 0.4 for other in beside) else 0.12


def _listed(parts: Parts, end: int, start: int) -> bool:
    """Whether only a comma, "and" or the like stands between token `end` and `start`."""
    gaps, tokens = parts.stretch.gaps, parts.stretch.tokens
    if start == end:
        return end > 0 and gaps[end - 1].strip() in _LIST_MARKS
    if start != end + 1 or tokens[end].key not in _LIST_WORDS:
        return False
    return gaps[end - 1].strip() in ("", ",") and not gaps[end].strip()


def _share_surname(parts: Parts, one: Lone, hit: Hit) -> None:
    """If the name and the full name after "and" can share the surname, they do."""
    if one.surname:
        return
    surnames = {parts.index.people[row].last_name for row in hit.rows}
    rows = {
        row
        for row in one.exact | one.loose
        if parts.index.people[row].last_name in surnames and row not in hit.rows
    }
    if rows:
        one.exact, one.loose, one.surname = rows, NOBODY, True
        one.sure = max(one.sure, 0.8)


def _hit(parts: Parts, one: Lone) -> Hit:
    tokens = parts.stretch.tokens
    rows = (*sorted(one.exact), *sorted(one.loose - one.exact))
    sure = round(min(one.sure, 0.95), 2)
    start, end = tokens[one.at].start, tokens[one.end - 1].end
    return Hit(start, end, rows, one.form, sure, one.surname)
