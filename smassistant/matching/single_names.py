"""First names and surnames on their own, and what names in a list say about each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smassistant.matching.cues import cues
from smassistant.matching.first_names import first_name_at
from smassistant.matching.grammar import kinds_of
from smassistant.matching.lone import Lone, is_city, is_part_of_more
from smassistant.matching.parts import NOBODY, Parts
from smassistant.matching.ruled_out import common, ruled_out
from smassistant.matching.slips import lone_slip
from smassistant.matching.surnames import surname_at
from smassistant.matching.tokens import Hit
from smassistant.matching.weighing import crisp, sureness

FLOOR = 0.3
_SURE = 0.5
_WORD, _NAME = 0.9, 0.95  # the most that a name on its own can be sure
_LIST_WORDS = frozenset({"and", "et", "with", "avec", "or", "ou", "n", "vs"})
_LIST_MARKS = frozenset({"", ",", "&", "+", "/", ";", ", &", "-", "|", "•"})

_FULL = "list full"
_FAR = 12  # names in a list that can vouch for one

Full = tuple[int, int, Hit]


@dataclass(slots=True)
class Spot:
    """A place that may be a lone name: as a first name, as a surname, or either."""

    at: int
    end: int
    readings: list[Lone]
    found: list[str]


def find_single_names(parts: Parts, full: list[Full]) -> list[Hit]:
    """Lone names sure enough to be worth a question, in order, given the full names found."""
    hits = []
    for spot in lone_names(parts, full):
        for one in spot.readings:
            if not one.settled:
                found, circumstances = cues(parts, one)
                most = _WORD if one.wordy else _NAME
                chance = sureness(found + spot.found, circumstances, one.surname)
                one.sure = min(most, crisp(chance))
        hits += _hit(parts, spot)
    return hits


def lone_names(parts: Parts, full: list[Full]) -> list[Spot]:
    """Every place that may be a lone name, with what the list it stands in says."""
    taken = {at for first, last, _ in full for at in range(first, last)}
    stretch, lasts = parts.stretch, parts.lasts
    spots: list[Spot] = []

    def may_begin(at: int) -> bool:
        """Whether the token has a capital, needs none, or is the "van" of a surname."""
        return stretch.lower or stretch.tokens[at].cap or bool(lasts[at])

    at = 0
    while at < len(parts.stretch.tokens):
        readings = _readings(parts, at, taken) if may_begin(at) and at not in taken else []
        if readings:
            spots.append(Spot(at, readings[0].end, readings, []))
        at = readings[0].end if readings else at + 1
    _hear_full(parts, spots, full)
    for run in _lists(parts, spots):
        for place in range(len(run)):
            _hear_list(parts, run, place)
    return spots


def _readings(parts: Parts, at: int, taken: set[int]) -> list[Lone]:
    """The first name and the surname at a token: the longer, "Van den Heuvel" before "Van"."""
    both = [first_name_at(parts, at, taken), surname_at(parts, at, taken)]
    found = [one for one in both if one is not None and (one.settled or _may_be(parts, one))]
    if not found and (slip := lone_slip(parts, at)):
        return [slip]
    longest = max((one.end for one in found), default=at)
    return [one for one in found if one.end == longest]


def _may_be(parts: Parts, one: Lone) -> bool:
    return not is_part_of_more(parts, one) and not ruled_out(parts, one)


def _hear_full(parts: Parts, spots: list[Spot], full: list[Full]) -> None:
    """A full name in the list vouches; "Noah and Nora Smith" share a surname."""
    sure = [one for one in full if one[2].confidence >= _SURE]
    starts, ends = {first: hit for first, _, hit in sure}, {last for _, last, _ in sure}
    for spot in spots:
        behind = [at for at in (spot.end, spot.end + 1) if at in starts]
        if after := [at for at in behind if _listed(parts, spot.end, at)]:
            _share_surname(parts, spot, starts[after[0]])
        before = any(at in ends and _listed(parts, at, spot.at) for at in (spot.at - 1, spot.at))
        if after or before:
            spot.found.append(_FULL)


def _lists(parts: Parts, spots: list[Spot]) -> Iterator[list[Spot]]:
    """The spots in runs that stand in one list."""
    run: list[Spot] = []
    for spot in spots:
        if run and not _listed(parts, run[-1].end, spot.at):
            yield run
            run = []
        run.append(spot)
    if run:
        yield run


def _hear_list(parts: Parts, run: list[Spot], place: int) -> None:
    """Names in a list vouch for each other."""
    spot = run[place]
    if _FULL in spot.found:
        return
    if _beside_stranger(parts, spot):
        spot.found.append("list stranger")
    members = run[max(0, place - _FAR) : place] + run[place + 1 : place + _FAR]
    if not members:
        return
    spot.found.append("list of two" if len(members) == 1 else "list of many")
    rare = any(not one.wordy and not is_city(parts, one) for m in members for one in m.readings)
    towns = all(is_city(parts, m.readings[0]) for m in (spot, *members))
    head = run[0]
    lead = parts.stretch.tokens[head.at - 1].key if head.at else ""
    spot.found += [f"list after {kind}" for kind in kinds_of(lead)]
    if lead in parts.words.strong_cues:
        spot.found.append("list after cue")
    spot.found.append("list towns" if towns else "list rare" if rare else "list wordy")


def _beside_stranger(parts: Parts, spot: Spot) -> bool:
    """Whether the list goes on with a name that is nobody's here: heroes, guests, pets."""
    tokens, stretch = parts.stretch.tokens, parts.stretch
    if stretch.caps or stretch.titled:
        return False
    for other in (spot.at - 2, spot.at - 1, spot.end, spot.end + 1):
        if not 0 <= other < len(tokens) or parts.firsts[other] or parts.lasts[other]:
            continue
        token = tokens[other]
        ends = (other + 1, spot.at) if other < spot.at else (spot.end, other)
        marked = ends[0] != ends[1] or stretch.gaps[ends[0] - 1].strip() in (",", "&")
        if token.cap and marked and _listed(parts, *ends) and not common(parts, other):
            return True
    return False


def _listed(parts: Parts, end: int, start: int) -> bool:
    """Whether only a comma, "and" or the like stands between token `end` and `start`."""
    gaps, tokens = parts.stretch.gaps, parts.stretch.tokens
    if start == end:
        return end > 0 and gaps[end - 1].strip() in _LIST_MARKS
    if start != end + 1 or tokens[end].key not in _LIST_WORDS:
        return False
    return gaps[end - 1].strip() in ("", ",") and not gaps[end].strip()


def _share_surname(parts: Parts, spot: Spot, hit: Hit) -> None:
    """If the name and the full name after "and" can share the surname, they do."""
    one = spot.readings[0]
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
        one.sure, one.settled = 0.8, True
        spot.readings = [one]


def _hit(parts: Parts, spot: Spot) -> list[Hit]:
    """The likelier reading, and behind it the people of the other one where it may be too."""
    likely = sorted(spot.readings, key=lambda one: -one.sure)
    best = likely[0]
    if best.sure < FLOOR:
        return []
    rows: dict[int, None] = {}
    for one in likely:
        if one is best or one.sure >= FLOOR:
            rows |= dict.fromkeys((*sorted(one.exact), *sorted(one.loose - one.exact)))
    tokens = parts.stretch.tokens
    start, end = tokens[spot.at].start, tokens[spot.end - 1].end
    return [Hit(start, end, tuple(rows), best.form, round(best.sure, 2), best.surname)]
