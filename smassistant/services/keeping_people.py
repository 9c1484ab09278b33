"""Adding a person to the registry, changing what is known about one, restricting one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smassistant.context import Context
from smassistant.domain.folding import squash
from smassistant.domain.people import Person
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Work
from smassistant.services.acting import gone, new_id, record, require

LONGEST = 200  # characters of one name or other text


def save_person(context: Context, actor: User, person: Person) -> Person:
    """Store what is known about a person; one without an id is new.

    The restriction stays as it is (see `restrict_person`). UserError for missing names, a number
    that somebody else has, or a name to avoid that would be shown; Clash when somebody else
    changed the person since.
    """
    require(actor, Right.KEEP_REGISTRY)
    tidy = _tidied(person)
    _check(tidy)
    with context.store.write() as work:
        _check_number(work, tidy)
        if not tidy.id:
            added = replace(tidy, id=new_id(), version=0, restricted=False)
            work.people.add([added])
            record(context, work, actor, "person.added", added.id)
            return added
        known = work.people.get(tidy.id)
        if known is None:
            raise gone(_("This person"))
        saved = work.people.save(replace(tidy, restricted=known.restricted))
        record(context, work, actor, "person.saved", saved.id)
    return saved


def _tidied(person: Person) -> Person:
    """The person with every text trimmed, and no name twice."""
    return replace(
        person,
        number=_plain(person.number),
        first_name=_plain(person.first_name),
        last_name=_plain(person.last_name),
        preferred_name=_plain(person.preferred_name),
        grade=_plain(person.grade),
        homeroom=_plain(person.homeroom),
        school=_plain(person.school),
        status=_plain(person.status),
        other_names=_plain_names(person.other_names),
        avoid_names=_plain_names(person.avoid_names),
    )


def _plain(text: str) -> str:
    """One line of text without what can't be seen."""
    shown = "".join(char if char.isprintable() or char in "\u200c\u200d" else " " for char in text)
    return " ".join(shown.split())


def _plain_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain for name in names if (plain := _plain(name))))


def _check(person: Person) -> None:
    if not person.first_name and not person.last_name:
        raise UserError(_("Please type the person’s name."))
    texts = (person.first_name, person.last_name, person.preferred_name, person.number,
             person.homeroom, person.school, *person.other_names, *person.avoid_names)  # fmt: skip
    if any(len(text) > LONGEST for text in texts):
        raise UserError(_("One of the names or other texts is too long."))
    shown = {squash(person.shown_name), squash(f"{person.first_name} {person.last_name}")}
    shown |= {squash(name) for name in (person.preferred_name, *person.other_names) if name}
    if any(squash(name) in shown for name in person.avoid_names):
        raise UserError(
            _("A name to avoid can’t be a name that is shown."),
            _("The same name stands among the preferred or other names."),
            _("Take it out of one of the two."),
        )


def _check_number(work: Work, person: Person) -> None:
    if not person.number:
        return
    other = work.people.by_number(person.number)
    if other is not None and other.id != person.id:
        raise UserError(
            _("Somebody else has this number."),
            _("A student or staff number belongs to one person only."),
            _("Check the number, or look for the person in the list."),
        )


def restrict(context: Context, work: Work, actor: User, person: Person, restricted: bool) -> None:
    """Mark a person as never to be published, or take the mark off. No reason is stored."""
    work.people.save(replace(person, restricted=restricted))
    action = "person.restricted" if restricted else "person.unrestricted"
    record(context, work, actor, action, person.id)
