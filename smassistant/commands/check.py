"""`check`: check posts against a roster file, without a database or a sign-in."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smassistant.commands.check_desk import Desk, known_places, open_desk, photos_of, pictures_of
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
    from smassistant.domain.findings import Finding, Mention

HELP = N_("check posts against a roster file, without a database or a sign-in")

_USUAL_PLACE = "facebook"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The roster, the posts and what is known about them."""
    add = parser.add_argument
    add("--registry", metavar="ROSTER", type=Path, required=True,
        help=_("the roster: a CSV, TSV or XLSX file"))  # fmt: skip
    add("--mapping", metavar="FILE", type=Path, help=_("headings and answers of your own (TOML)"))
    posts = parser.add_mutually_exclusive_group()
    posts.add_argument("--posts", metavar="FILE", type=Path, help=_("posts, one JSON a line"))
    posts.add_argument("--text-file", metavar="FILE", type=Path, help=_("the text of one post"))
    posts.add_argument("source", metavar="-", nargs="?", choices=("-",),
        help=_("read a text, or posts as JSON lines, from standard input"))  # fmt: skip
    add("--photo", metavar="FILE", type=Path, action="append", default=[],
        help=_("a photo of the post; may be given several times"))  # fmt: skip
    add("--place", metavar="KEY", action="append", default=[],
        help=_("where the post goes, such as facebook or website"))  # fmt: skip
    add("--school", metavar="NAME", default="", help=_("the school whose people come first"))
    add("--own-contact", metavar="CONTACT", action="append", default=[],
        help=_("a phone number, e-mail pattern or address that is the school’s own"))  # fmt: skip
    add("--rules", metavar="DIR", type=Path,
        help=_("rule packs of your own, in place of those shipped"))  # fmt: skip
    add("--as-of", metavar="YYYY-MM-DD", default="",
        help=_("the day for which permissions are asked; today if not given"))  # fmt: skip
    add("--json", action="store_true", help=_("one JSON line a post"))


def run(args: argparse.Namespace) -> int:
    """Check every post; 0 nothing blocks, 1 something does or a line is broken."""
    places = known_places(args.place) or (_USUAL_PLACE,)
    desk = open_desk(args)
    photos_of(args.photo, desk)  # unreadable photos end the run before it writes anything
    needs_person = False
    for post in _posts(args):
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


# The answers


def _answer(
    post: GivenPost | BrokenLine, photos: list[Path], places: tuple[str, ...], desk: Desk
) -> dict[str, Any]:
    """The JSON object for one post, or for a line that can't be checked."""
    from smassistant.checks import find_findings
    from smassistant.domain.findings import verdict
    from smassistant.domain.posts import Draft

    if isinstance(post, BrokenLine):
        return {"id": None, "line": post.line, "error": post.error}
    try:
        chosen = known_places(post.places) or places
        pictures = pictures_of(post, [*post.photos, *photos], desk)
    except UserError as error:
        return {"id": None, "line": post.line, "error": str(error)}
    findings = find_findings(Draft(post.text, pictures, chosen), desk.facts)
    return {
        "id": post.id,
        "verdict": verdict(findings),
        "mentions": [_mention(one, desk) for one in desk.facts.matcher.mentions(post.text)],
        "findings": [_finding(one, desk) for one in findings],
    }


def _mention(mention: Mention, desk: Desk) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "form": mention.form.value,
        "people": desk.numbers(mention.people),
        "confidence": mention.confidence,
    }


def _finding(finding: Finding, desk: Desk) -> dict[str, Any]:
    from smassistant.checks import is_hint

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
        "mend": next(_mends(finding), ""),
        **({"by": "hint"} if is_hint(finding) else {}),
    }


def _mends(finding: Finding) -> Iterator[str]:
    """What can be done about the post; that a finding is wrong is said in the window only."""
    from smassistant.domain.findings import MendKind

    return (mend.label for mend in finding.mends if mend.kind is not MendKind.NOT_A_PROBLEM)


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
