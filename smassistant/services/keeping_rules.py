"""The division's own versions of rule packs: read, tried out, saved, put back, handed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from smassistant.checks.rule_files import (
    is_pack_name,
    parse_pack,
    read_pack,
    refuse_taken,
    shipped_packs,
    write_pack,
)
from smassistant.context import Context
from smassistant.domain.rules import Pack, PackText, Rule
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Work
from smassistant.services.acting import gone, record, require
from smassistant.services.rules_in_force import read_packs
from smassistant.services.trying_rules import refuse_misbehaving

_SHIPPED = ""  # the text of a version that puts the shipped pack back


@dataclass(frozen=True, slots=True)
class ShelvedRule:
    """A rule in force with its pack, and the one shipped under its id, if there is one."""

    pack: str
    rule: Rule
    shipped: Rule | None

    @property
    def added(self) -> bool:
        """Whether the division wrote it."""
        return self.shipped is None

    @property
    def changed(self) -> bool:
        """Whether the division changed or added it."""
        return self.rule != self.shipped


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every rule in force. `versions` are the numbers of the packs that a save has to name.

    `troubles` says which packs can't be read, and where; the last good ones are in force.
    """

    rules: tuple[ShelvedRule, ...]
    packs: tuple[str, ...]
    versions: Mapping[str, int]
    troubles: tuple[str, ...] = ()

    def find(self, rule_id: str) -> ShelvedRule | None:
        """The rule of this id."""
        return next((each for each in self.rules if each.rule.id == rule_id), None)


@dataclass(frozen=True, slots=True)
class Edit:
    """A rule to save in `pack`, whose newest version is `version`; `replaces` is its old id."""

    pack: str
    version: int
    rule: Rule
    replaces: str = ""


def open_shelf(context: Context, actor: User) -> Shelf:
    """Every rule in force."""
    require(actor, Right.KEEP_RULES, Right.APPROVE_POSTS)
    with context.store.read() as work:
        return _shelf(work)


def save_rule(context: Context, actor: User, edit: Edit) -> Shelf:
    """Put a new or changed rule in force for everybody.

    Raises UserError naming the rule, and the example or phrase, where it does not do what its
    own examples say; Clash where somebody else saved the pack meanwhile.
    """
    require(actor, Right.KEEP_RULES)
    refuse_misbehaving(edit.rule)
    with context.store.write() as work:
        packs = _packs(work)
        rules = packs.get(edit.pack, Pack(edit.pack, ())).rules
        ids = [rule.id for rule in rules]
        if edit.replaces and edit.replaces not in ids:
            raise gone(_("This rule"))
        at = ids.index(edit.replaces) if edit.replaces else len(rules)
        pack = Pack(edit.pack, (*rules[:at], edit.rule, *rules[at + 1 :]))
        _refuse_clashing_ids(packs, pack)
        _store(context, work, actor, pack, edit.version)
        action = "rule.switched_off" if edit.rule.off else "rule.saved"
        record(context, work, actor, action, edit.rule.id, {"rule": edit.rule.id})
        return _shelf(work)


def put_shipped_back(context: Context, actor: User, rule_id: str, version: int) -> Shelf:
    """Put the shipped rule in force again; a rule that the division added is taken out."""
    require(actor, Right.KEEP_RULES)
    with context.store.write() as work:
        shelved = _shelf(work).find(rule_id)
        if shelved is None:
            raise gone(_("This rule"))
        rules = _packs(work)[shelved.pack].rules
        put = (shelved.shipped,) if shelved.shipped else ()
        kept = [put if rule.id == rule_id else (rule,) for rule in rules]
        pack = Pack(shelved.pack, tuple(rule for some in kept for rule in some))
        _store(context, work, actor, pack, version)
        record(context, work, actor, "rule.put_back", rule_id, {"rule": rule_id})
        return _shelf(work)


def undo_save(context: Context, actor: User, pack: str, version: int) -> Shelf:
    """Put in force what counted before version `version` of the pack, the newest one."""
    require(actor, Right.KEEP_RULES)
    with context.store.write() as work:
        before = [old for old in work.rule_packs.versions().get(pack, ()) if old.version < version]
        _add(context, work, actor, pack, version, before[0].text if before else _SHIPPED)
        record(context, work, actor, "rule.undone", pack, {"pack": pack})
        return _shelf(work)


def export_packs(context: Context, actor: User, folder: Path) -> tuple[str, ...]:
    """Write the division's packs into a folder as .toml files; the names of the files."""
    require(actor, Right.KEEP_RULES)
    with context.store.read() as work:
        own = [pack for pack in read_packs(work).packs if pack not in shipped_packs()]
    if not own:
        raise UserError(
            _("There is nothing to export."), _("The division has changed no rule so far.")
        )
    names = tuple(f"{pack.name}.toml" for pack in own)
    try:
        for name, pack in zip(names, own, strict=True):
            (folder / name).write_text(write_pack(pack), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(
            _("The rule packs can’t be written there."), error.strerror or "",
            _("Choose another folder."),
        ) from error  # fmt: skip
    return names


def import_packs(context: Context, actor: User, paths: Iterable[Path]) -> Shelf:
    """Put packs of files in force, each in place of the pack of its name; all or none.

    Raises UserError naming file, line and rule where one has a mistake or misses its examples.
    """
    require(actor, Right.KEEP_RULES)
    found = [read_pack(path) for path in paths]
    for pack in found:
        if not is_pack_name(pack.name):
            raise UserError(
                _("A rule pack can’t be called “{name}”.").format(name=pack.name),
                _("Its name has only small letters, digits, - and _."),
            )
        for rule in pack.rules:
            refuse_misbehaving(rule)
    with context.store.write() as work:
        packs = _packs(work) | {pack.name: pack for pack in found}
        versions = _shelf(work).versions
        for pack in found:
            _refuse_clashing_ids(packs, pack)
            _store(context, work, actor, pack, versions.get(pack.name, 0))
            record(context, work, actor, "rules.imported", pack.name, {"pack": pack.name})
        return _shelf(work)


def _packs(work: Work) -> dict[str, Pack]:
    return {pack.name: pack for pack in read_packs(work).packs}


def _shelf(work: Work) -> Shelf:
    found = read_packs(work)
    shipped = {pack.name: {rule.id: rule for rule in pack.rules} for pack in shipped_packs()}
    rules = tuple(
        ShelvedRule(pack.name, rule, shipped.get(pack.name, {}).get(rule.id))
        for pack in found.packs
        for rule in pack.rules
    )
    versions = {name: packs[0].version for name, packs in work.rule_packs.versions().items()}
    return Shelf(rules, tuple(pack.name for pack in found.packs), versions, found.troubles)


def _refuse_clashing_ids(packs: Mapping[str, Pack], pack: Pack) -> None:
    others = [one for name, one in packs.items() if name != pack.name]
    refuse_taken(pack, (rule.id for one in others for rule in one.rules))
    parse_pack(pack.name, write_pack(pack))  # what is stored must be readable, one id once


def _store(context: Context, work: Work, actor: User, pack: Pack, version: int) -> None:
    text = _SHIPPED if pack in shipped_packs() or not pack.rules else write_pack(pack)
    _add(context, work, actor, pack.name, version, text)


def _add(context: Context, work: Work, actor: User, name: str, version: int, text: str) -> None:
    at = context.clock.now()
    work.rule_packs.add(PackText(name, version + 1, text, actor.id, at))


def blank_rule(pack: str, taken: Iterable[str], like: Rule | None = None) -> Rule:
    """A new rule with an id of its own, empty or a copy of `like`."""
    known = set(taken)
    stem = like.id if like else f"{pack}.new"
    number = 2 if like else 1
    while (name := f"{stem}-{number}") in known:
        number += 1
    if like is not None:
        return replace(like, id=name, off=False)
    return Rule(name, "topic.policy", "6", "warn", "", ())
