"""What `check` knows: the roster as facts, and photos read once each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from smassistant.commands.posts_file import GivenPost
from smassistant.domain.facts import Facts, Hints, Topics
from smassistant.domain.folding import squash
from smassistant.domain.people import Person
from smassistant.domain.pictures import Face, Origin, Picture, Reading, TakenBy, Writing
from smassistant.domain.places import PLACES
from smassistant.errors import UserError
from smassistant.i18n import _, labelled
from smassistant.photo_reader import PhotoReader

if TYPE_CHECKING:
    from smassistant.domain.consents import Decision
    from smassistant.registry.rosters import Roster


def _reader() -> PhotoReader:
    """Reads photos in a process that starts with the first and ends with the desk."""
    from smassistant.imaging.apart import PhotoReaderApart

    return PhotoReaderApart()


@dataclass(frozen=True)
class Desk:
    """What every post is checked against. Photos are read once each."""

    facts: Facts
    photos: dict[Path, Picture] = field(default_factory=dict)
    reader: PhotoReader = field(default_factory=_reader)

    def numbers(self, people: tuple[str, ...]) -> list[str]:
        """Student or staff numbers of registry ids."""
        return [self.facts.people[person].number for person in people]


def open_desk(args: argparse.Namespace) -> Desk:
    """Reads the roster and the rules."""
    from smassistant.matching.engine import NameMatcher
    from smassistant.registry.mapping import load_mapping
    from smassistant.registry.reading import read_roster

    day = _day(args.as_of)
    roster = read_roster(args.registry, load_mapping(args.mapping) if args.mapping else None)
    people = {item.person.id: item.person for item in roster.people}
    if not roster.has_permissions:
        sys.stderr.write(
            _("The roster has no permission column: everyone is treated as not permitted.") + "\n"
        )
    matcher = NameMatcher(people.values(), _school(args.school, people.values()))
    return Desk(
        Facts(
            people=people,
            history=_history(roster),
            matcher=matcher,
            topics=_rules(args.rules),
            day=day,
            own_contacts=tuple(args.own_contact),
            hints=_hints(),
        )
    )


def _hints() -> Hints | None:
    """The trained reader; None, said once on standard error, where it can't be had."""
    from smassistant.hints.reader import shipped_reader

    try:
        return shipped_reader()
    except UserError as error:
        sys.stderr.write(f"{error.title} {error.explanation}\n")
        return None


def _rules(folder: Path | None) -> Topics:
    """The rules in force: those shipped, and packs of `folder` in place of those of their name.

    A pack with a mistake is said on standard error; the shipped one counts instead.
    """
    from smassistant.checks.rule_files import assemble, read_text
    from smassistant.checks.rules import RuleBook, load_rules

    if folder is None:
        return load_rules()
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise UserError(
            _("There is no rule pack in “{folder}”.").format(folder=folder), "",
            _("Name a folder with .toml files."),
        )  # fmt: skip
    texts, troubles = {}, []
    for path in paths:
        try:
            texts[path.stem] = [read_text(path)]
        except UserError as error:
            troubles.append(f"{error.title} {error.explanation}")
    found = assemble(texts)
    for trouble in (*troubles, *found.troubles):
        sys.stderr.write(trouble + "\n")
    return RuleBook(found.rules)


def _history(roster: Roster) -> dict[str, tuple[Decision, ...]]:
    """The roster's answers as consent lines that have always held, until they expire."""
    from smassistant.registry.decisions import decisions_of

    now = datetime.now(UTC)
    return {item.person.id: decisions_of(item, date.min, "", now) for item in roster.people}


def _day(text: str) -> date:
    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            _("“{day}” is no day.").format(day=text), "", _("Write it as 2026-09-30.")
        ) from error


def _school(name: str, people: Iterable[Person]) -> str:
    """The roster's own spelling of a school's name. Raises UserError where it has none such."""
    if not name:
        return ""
    schools = sorted({person.school for person in people if person.school})
    for school in schools:
        if squash(school) == squash(name):
            return school
    raise UserError(
        _("The roster has no school “{name}”.").format(name=name),
        "",
        _("Its schools are: {schools}.").format(schools=", ".join(schools) or _("none")),
    )


def known_places(keys: Iterable[str]) -> tuple[str, ...]:
    """The place keys, each once. Raises UserError for one that doesn't exist."""
    for key in keys:
        if key not in PLACES:
            raise UserError(
                _("There is no place “{key}”.").format(key=key),
                "",
                _("The places are: {places}.").format(places=", ".join(PLACES)),
            )
    return tuple(dict.fromkeys(keys))


def photos_of(paths: Iterable[Path], desk: Desk) -> None:
    """Reads photos ahead. Raises UserError that names the one which is no picture."""
    for path in paths:
        try:
            _photo(path, desk)
        except UserError as error:
            title = labelled(path.name, error.title)
            raise UserError(title, error.explanation, error.next_step) from None


def pictures_of(post: GivenPost, photos: list[Path], desk: Desk) -> tuple[Picture, ...]:
    """The post's pictures; one that is only described has no face to account for."""
    pictures = []
    for at in range(max(len(photos), len(post.alt_texts))):
        alt_text = post.alt_texts[at] if at < len(post.alt_texts) else ""
        if at < len(photos):
            pictures.append(replace(_photo(photos[at], desk), alt_text=alt_text))
        else:
            ours = Origin(TakenBy.OWN)  # nobody can be asked about a file that is not there
            pictures.append(
                Picture(
                    f"p{at}", "", "", 0, 0, "", alt_text, looked=True, origin=ours,
                    reading=Reading.THOROUGH,
                )
            )  # fmt: skip
    return tuple(pictures)


def _photo(path: Path, desk: Desk) -> Picture:
    """The picture of a file, all its faces unaccounted for. Raises UserError for no picture."""
    from smassistant.imaging.files import read_picture

    if path not in desk.photos:
        read = desk.reader.read(read_picture(path), path.name)
        faces = tuple(
            Face(f"face-{number}", found.box, found.score)
            for number, found in enumerate(read.faces, start=1)
        )
        writing, reading = _writing(read.working, desk)
        desk.photos[path] = Picture(
            path.name, "", path.name, read.width, read.height, read.digest,
            faces=faces, metadata=read.metadata, writing=writing, reading=reading,
        )  # fmt: skip
    return desk.photos[path]


def _writing(working: bytes, desk: Desk) -> tuple[tuple[Writing, ...], Reading]:
    """What is written in a picture; NONE, said once on standard error, where it can't be read."""
    try:
        found = desk.reader.read_writing(working, thorough=True)
    except UserError as error:
        sys.stderr.write(f"{error.title} {error.explanation}\n")
        return (), Reading.NONE
    writing = tuple(
        Writing(f"writing-{number}", one.box, one.text, one.score)
        for number, one in enumerate(found, start=1)
    )
    return writing, Reading.THOROUGH
