"""`check`: check posts against a roster file, without a database or a sign-in."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smassistant.commands.posts_file import (
    BrokenLine,
    GivenPost,
    looks_like_posts,
    posts_in,
    text_of,
)
from smassistant.errors import UserError
from smassistant.i18n import N_, _

if TYPE_CHECKING:
    from smassistant.domain.consents import Decision
    from smassistant.domain.facts import Facts
    from smassistant.domain.findings import Finding, Mention
    from smassistant.domain.people import Person
    from smassistant.domain.pictures import Picture
    from smassistant.registry.rosters import Roster

HELP = N_("check posts against a roster file, without a database or a sign-in")

_USUAL_PLACE = "facebook"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The roster, the posts and what is known about them."""
    parser.add_argument("--registry", metavar="ROSTER", type=Path, required=True,
                        help=_("the roster: a CSV, TSV or XLSX file"))  # fmt: skip
    parser.add_argument("--mapping", metavar="FILE", type=Path,
                        help=_("headings and answers of your own (TOML)"))  # fmt: skip
    posts = parser.add_mutually_exclusive_group()
    posts.add_argument("--posts", metavar="FILE", type=Path, help=_("posts, one JSON a line"))
    posts.add_argument("--text-file", metavar="FILE", type=Path, help=_("the text of one post"))
    posts.add_argument("source", metavar="-", nargs="?", choices=("-",),
                       help=_("read the text, or posts as JSON lines, from standard input"))  # fmt: skip
    parser.add_argument("--photo", metavar="FILE", type=Path, action="append", default=[],
                        help=_("a photo of the post; may be given several times"))  # fmt: skip
    parser.add_argument("--place", metavar="KEY", action="append", default=[],
                        help=_("where the post goes, such as facebook or website"))  # fmt: skip
    parser.add_argument("--school", metavar="NAME", default="",
                        help=_("the school whose people are meant first"))  # fmt: skip
    parser.add_argument("--own-contact", metavar="CONTACT", action="append", default=[],
                        help=_("a phone number, e-mail pattern or address of the school’s own"))  # fmt: skip
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", default="",
                        help=_("the day for which permissions are asked; today if not given"))  # fmt: skip
    parser.add_argument("--json", action="store_true", help=_("one JSON line a post"))


def run(args: argparse.Namespace) -> int:
    """Check every post; 0 nothing blocks, 1 something does or a line is broken."""
    places = _known_places(args.place) or (_USUAL_PLACE,)
    posts = _posts(args)
    desk = _open_desk(args)
    needs_person = False
    for post in posts:
        answer = _answer(post, args.photo, places, desk)
        needs_person |= "error" in answer or answer["verdict"] == "blocked"
        line = json.dumps(answer, ensure_ascii=False) if args.json else "\n".join(_told(answer))
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 1 if needs_person else 0


# The posts


def _posts(args: argparse.Namespace) -> Iterator[GivenPost | BrokenLine]:
    """The posts as they are read. Raises UserError where there are none to read."""
    if args.posts:
        return _posts_of(args.posts)
    if args.text_file:
        return iter((GivenPost(1, args.text_file.name, text_of(_bytes(args.text_file))),))
    if args.source:
        data = sys.stdin.buffer.read()
        if looks_like_posts(data):
            return posts_in(data.splitlines(), Path())
        return iter((GivenPost(1, "-", text_of(data)),))
    if args.photo:
        return iter((GivenPost(1, args.photo[0].name, ""),))
    raise UserError(
        _("There is nothing to check."), "", _("Give --posts, --text-file, - or --photo.")
    )


def _posts_of(path: Path) -> Iterator[GivenPost | BrokenLine]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from error

    def read() -> Iterator[GivenPost | BrokenLine]:
        with file:
            yield from posts_in(file, path.parent)

    return read()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(
        _("“{file}” can’t be read.").format(file=path.name),
        (error.strerror or "").rstrip(".") + ".",
    )


# What is known


@dataclass(frozen=True)
class _Desk:
    """What every post is checked against. Photos are read once each."""

    facts: Facts
    photos: dict[Path, Picture] = field(default_factory=dict)

    def numbers(self, people: tuple[str, ...]) -> list[str]:
        """Student or staff numbers of registry ids."""
        return [self.facts.people[person].number for person in people]


def _open_desk(args: argparse.Namespace) -> _Desk:
    """Reads the roster and the rules."""
    from smassistant.checks.rules import load_rules
    from smassistant.domain.facts import Facts
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
    return _Desk(
        Facts(
            people=people,
            history=_history(roster),
            matcher=matcher,
            topics=load_rules(),
            day=day,
            own_contacts=tuple(args.own_contact),
        )
    )


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


def _school(name: str, people: Any) -> str:
    """The roster's own spelling of a school's name. Raises UserError where it has none such."""
    from smassistant.domain.folding import squash

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


def _known_places(keys: Any) -> tuple[str, ...]:
    """The place keys, each once. Raises UserError for one that doesn't exist."""
    from smassistant.domain.places import PLACES

    for key in keys:
        if key not in PLACES:
            raise UserError(
                _("There is no place “{key}”.").format(key=key),
                "",
                _("The places are: {places}.").format(places=", ".join(PLACES)),
            )
    return tuple(dict.fromkeys(keys))


# The answers


def _answer(
    post: GivenPost | BrokenLine, photos: list[Path], places: tuple[str, ...], desk: _Desk
) -> dict[str, Any]:
    """The JSON object for one post, or for a line that can't be checked."""
    from smassistant.checks import find_findings
    from smassistant.domain.findings import verdict
    from smassistant.domain.posts import Draft

    if isinstance(post, BrokenLine):
        return {"id": None, "line": post.line, "error": post.error}
    try:
        chosen = _known_places(post.places) or places
        pictures = _pictures(post, [*post.photos, *photos], desk)
    except UserError as error:
        return {"id": None, "line": post.line, "error": str(error)}
    findings = find_findings(Draft(post.text, pictures, chosen), desk.facts)
    return {
        "id": post.id,
        "verdict": verdict(findings),
        "mentions": [_mention(one, desk) for one in desk.facts.matcher.mentions(post.text)],
        "findings": [_finding(one, desk) for one in findings],
    }


def _pictures(post: GivenPost, photos: list[Path], desk: _Desk) -> tuple[Picture, ...]:
    """The post's pictures; one that is only described has no face to account for."""
    from dataclasses import replace

    from smassistant.domain.pictures import Picture

    pictures = []
    for at in range(max(len(photos), len(post.alt_texts))):
        alt_text = post.alt_texts[at] if at < len(post.alt_texts) else ""
        if at < len(photos):
            pictures.append(replace(_photo(photos[at], desk), alt_text=alt_text))
        else:
            pictures.append(Picture(f"p{at}", "", "", 0, 0, "", alt_text, looked=True))
    return tuple(pictures)


def _photo(path: Path, desk: _Desk) -> Picture:
    """The picture of a file, all its faces unaccounted for. Raises UserError for no picture."""
    from smassistant.domain.pictures import Face, Picture
    from smassistant.imaging.decoding import read_picture
    from smassistant.imaging.reader import LocalPhotoReader

    if path not in desk.photos:
        read = LocalPhotoReader().read(read_picture(path), path.name)
        faces = tuple(
            Face(f"face-{number}", found.box, found.score)
            for number, found in enumerate(read.faces, start=1)
            if found.sure
        )
        desk.photos[path] = Picture(
            path.name, "", path.name, read.width, read.height, read.digest,
            faces=faces, metadata=read.metadata,
        )  # fmt: skip
    return desk.photos[path]


def _mention(mention: Mention, desk: _Desk) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "form": mention.form.value,
        "people": desk.numbers(mention.people),
        "confidence": mention.confidence,
    }


def _finding(finding: Finding, desk: _Desk) -> dict[str, Any]:
    return {
        "code": finding.code,
        "clause": finding.clause,
        "severity": finding.severity.value,
        "where": finding.where,
        "start": finding.start,
        "end": finding.end,
        "surface": finding.surface,
        "people": desk.numbers(finding.people),
        "places": list(finding.places),
        "message": finding.message,
        "mend": finding.mends[0].label if finding.mends else "",
    }


def _told(answer: dict[str, Any]) -> Iterator[str]:
    """The same for people to read: the verdict, and a line for each finding."""
    if "error" in answer:
        yield _("Line {line}: {error}").format(line=answer["line"], error=answer["error"])
        return
    verdicts = {"clear": _("clear"), "attention": _("needs attention"), "blocked": _("blocked")}
    yield f"{answer['id'] or _('Post')}: {verdicts[answer['verdict']]}"
    for finding in answer["findings"]:
        clause = _("clause {clause}").format(clause=finding["clause"])
        cited = f"{finding['code']}, {clause}" if finding["clause"] else finding["code"]
        yield f"  {finding['severity']:6} {finding['message']} ({cited})"
        if finding["mend"]:
            yield "         → " + finding["mend"]
