"""Records of the registry that are probably one person, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from smassistant.context import Context
from smassistant.domain.folding import squash
from smassistant.domain.people import LEFT, Person
from smassistant.domain.users import Right, User
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.matching.index import one_slip
from smassistant.matching.vocabulary import short_forms
from smassistant.services.acting import require

MOST_PAIRS = 500
_MOST_ALIKE = 12  # people behind one key; more of them have a common name and are not one person
_STEP = 4096
_SHORTEST = 4  # letters of a name in which one slip means anything

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are probably one person, and why, in words."""

    first: Person
    second: Person
    why: str


@dataclass(frozen=True)
class _Known:
    """A person with their names as look-up keys."""

    person: Person
    given: frozenset[str]
    last: str
    place: Key


def look_alikes(context: Context, actor: User, task: Task | None = None) -> tuple[Pair, ...]:
    """Pairs of records that are probably one person, the surest first, at most `MOST_PAIRS`.

    A common name alone is never enough: the two have to be of one school and grade as well, or
    to have one number written in two ways.
    """
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    task = task or Task()
    with context.store.read() as work:
        people = [person for person in work.people.all() if person.status != LEFT]
    known = [_known(person) for person in people]
    found: dict[tuple[str, str], Pair] = {}
    for keys, reason in _WAYS:
        for one, other in _behind_one_key(known, keys, task):
            pair = (one.person.id, other.person.id)
            if pair not in found and (why := reason(one, other)):
                found[pair] = Pair(one.person, other.person, why)
                if len(found) >= MOST_PAIRS:
                    return tuple(found.values())
    return tuple(found.values())


def _known(person: Person) -> _Known:
    given = {squash(name) for name in (person.first_name, person.preferred_name) if name}
    place = (squash(person.school), squash(person.homeroom or person.grade))
    return _Known(person, frozenset(given), squash(person.last_name), place)


def _behind_one_key(
    known: Sequence[_Known], keys: Callable[[_Known], Iterable[Key]], task: Task
) -> Iterator[tuple[_Known, _Known]]:
    """Every two people who have a key in common."""
    behind: dict[Key, list[_Known]] = {}
    for done, one in enumerate(known):
        if done % _STEP == 0:
            task.report(done, len(known))
        for key in keys(one):
            behind.setdefault(key, []).append(one)
    for group in behind.values():
        if 1 < len(group) <= _MOST_ALIKE:
            yield from combinations(group, 2)


def _numbers(one: _Known) -> Iterator[Key]:
    plain = squash(one.person.number.removesuffix(".0")).lstrip("0")
    if plain:
        yield (plain,)


def _names(one: _Known) -> Iterator[Key]:
    """First and last name, whichever stands where."""
    if one.last:
        for given in one.given:
            yield tuple(sorted((given, one.last)))


def _surnames(one: _Known) -> Iterator[Key]:
    if one.last and one.place[1]:
        yield (one.last, *one.place)


def _first_names(one: _Known) -> Iterator[Key]:
    if one.place[1]:
        for given in one.given:
            yield (given, *one.place)


def _one_number(one: _Known, other: _Known) -> str:
    if one.last == other.last or not one.given.isdisjoint(other.given):
        return _("The same number, written in two ways")
    return ""


def _one_name(one: _Known, other: _Known) -> str:
    """The same name, where school and grade don't speak against it."""
    a, b = one.person, other.person
    if not _agree(a.school, b.school) or not _agree(a.grade, b.grade):
        return ""
    if one.last != other.last:
        return _("First and last name stand the other way round")
    if a.kind is not b.kind:
        return _("The same name, once as a student and once not, or in two roles")
    if a.homeroom and b.homeroom and squash(a.homeroom) != squash(b.homeroom):
        return _("The same name in one school and grade")
    return _("The same name in one class")


def _near_first_names(one: _Known, other: _Known) -> str:
    """One class and surname, and first names that are forms of one name or a slip apart."""
    pairs = [(a, b) for a in one.given for b in other.given]
    if any(b in short_forms().get(a, ()) or a in short_forms().get(b, ()) for a, b in pairs):
        return _("One class and last name, and two forms of one first name")
    if any(_slipped(a, b) for a, b in pairs):
        return _("One class and last name, and first names that differ by one letter")
    if any(_begins(a, b) for a, b in pairs):
        return _("One class and last name, and one first name within the other")
    return ""


def _near_surnames(one: _Known, other: _Known) -> str:
    if _slipped(one.last, other.last):
        return _("One class and first name, and last names that differ by one letter")
    if one.last and other.last and _begins(one.last, other.last):
        return _("One class and first name, and one last name within the other")
    return ""


def _agree(one: str, other: str) -> bool:
    return not one or not other or squash(one) == squash(other)


def _slipped(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SHORTEST and one != other and one_slip(one, other)


def _begins(one: str, other: str) -> bool:
    """Whether one is the beginning or end of the other, as with middle or double names."""
    shorter, longer = sorted((one, other), key=len)
    ends = longer.startswith(shorter) or longer.endswith(shorter)
    return len(shorter) >= _SHORTEST and one != other and ends


# The surest way first.
_WAYS: tuple[tuple[Callable[[_Known], Iterable[Key]], Callable[[_Known, _Known], str]], ...] = (
    (_numbers, _one_number),
    (_names, _one_name),
    (_surnames, _near_first_names),
    (_first_names, _near_surnames),
)
