"""Two records that were one person: made one, and made two again (clause 4.1)."""

from __future__ import annotations

from dataclasses import replace

from smassistant.context import Context
from smassistant.domain.folding import squash
from smassistant.domain.merges import Merge
from smassistant.domain.people import Person
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.acting import gone, new_id, record, require
from smassistant.services.finding_look_alikes import Pair, look_alikes

__all__ = ["Pair", "list_merges", "look_alikes", "merge_people", "undo_merge"]


def merge_people(context: Context, actor: User, kept_id: str, gone_id: str) -> str:
    """Make two records one and give back the id of the merge.

    The kept record gets the history, scans and take-downs of the other, its names among the other
    names, and its restriction; posts that mean the one that is gone mean the kept one from now on.
    """
    require(actor, Right.KEEP_REGISTRY)
    if kept_id == gone_id:
        raise UserError(_("These are one record already."))
    with context.store.write() as work:
        people = work.people.of_many((kept_id, gone_id))
        if len(people) < 2:
            raise gone(_("One of these people"))
        before, other = people[kept_id], people[gone_id]
        merge = work.merges.make(new_id(), actor.id, before, other, joined(before, other))
        details = {"merge": merge.id, "gone": gone_id}
        record(context, work, actor, "people.merged", kept_id, details)
    return merge.id


def undo_merge(context: Context, actor: User, merge_id: str) -> Merge:
    """Make the two records again exactly what they were.

    UserError when it was undone already, or something was recorded since about the person.
    """
    require(actor, Right.KEEP_REGISTRY)
    with context.store.write() as work:
        merge = work.merges.get(merge_id)
        if merge is None:
            raise gone(_("This merge"))
        if merge.undone:
            raise UserError(_("This was undone already."), _("Nothing was changed."))
        if not work.merges.stands_free(merge):
            raise UserError(
                _("This can’t be undone any more."),
                _("Something was recorded since, and nobody can tell which record it belongs to."),
                _("Add the other person anew, or undo the later steps first."),
            )
        undone = work.merges.take_back(merge)
        record(context, work, actor, "merge.undone", merge.kept_id, {"merge": merge_id})
    return undone


def list_merges(context: Context, actor: User) -> tuple[Merge, ...]:
    """The merges that stand, newest first."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        return work.merges.list()


def joined(kept: Person, other: Person) -> Person:
    """The kept record with what only the other knows; a text is searched for all their names."""
    shown = {squash(name) for name in (kept.shown_name, f"{kept.first_name} {kept.last_name}")}
    shown |= {squash(name) for name in (kept.first_name, kept.preferred_name) if name}
    preferred = other.preferred_name
    names = [
        f"{other.first_name} {other.last_name}".strip(),
        f"{preferred} {other.last_name}".strip() if preferred else "",
        *other.other_names,
    ]
    others = dict.fromkeys(kept.other_names)
    others.update(dict.fromkeys(name for name in names if name and squash(name) not in shown))
    shown |= {squash(name) for name in others}
    avoided = dict.fromkeys((*kept.avoid_names, *other.avoid_names))
    return replace(
        kept,
        preferred_name=kept.preferred_name,
        other_names=tuple(others),
        grade=kept.grade or other.grade,
        homeroom=kept.homeroom or other.homeroom,
        school=kept.school or other.school,
        status=kept.status or other.status,
        restricted=kept.restricted or other.restricted,
        signs_for_self=kept.signs_for_self or other.signs_for_self,
        avoid_names=tuple(avoided),
    )
