"""Posts given to a command: a file of JSON lines, a text file, or standard input."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smassistant.errors import UserError
from smassistant.i18n import _


@dataclass(frozen=True, slots=True)
class GivenPost:
    """One post as given; `places` empty where the line names none. `line` counts from 1."""

    line: int
    id: str | int | None
    text: str
    alt_texts: tuple[str, ...] = ()
    photos: tuple[Path, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that holds no post, and why."""

    line: int
    error: str


def posts_in(lines: Iterable[bytes], folder: Path) -> Iterator[GivenPost | BrokenLine]:
    """The posts of JSON lines, in order; photos are looked for beside the file in `folder`."""
    for number, raw in enumerate(lines, start=1):
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if raw.strip():
            yield _post(number, raw, folder)


def text_of(data: bytes) -> str:
    """The text of a file, with or without mark. Raises UserError for other encodings."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            _("The text is not written in UTF-8."), "", _("Save it as UTF-8 and try again.")
        ) from error


def looks_like_posts(data: bytes) -> bool:
    """Whether the first line is a post as JSON, and not plain text."""
    first = next((line for line in data.splitlines() if line.strip()), b"")
    return isinstance(_post(1, first.removeprefix(b"\xef\xbb\xbf"), Path()), GivenPost)


def _post(number: int, raw: bytes, folder: Path) -> GivenPost | BrokenLine:
    try:
        given = json.loads(raw)
    except UnicodeDecodeError:
        return BrokenLine(number, _("The line is not written in UTF-8."))
    except (ValueError, RecursionError):
        return BrokenLine(number, _("The line is no JSON."))
    if not isinstance(given, dict):
        return BrokenLine(number, _("The line is no JSON object with a text."))
    if not isinstance(given.get("text"), str):
        return BrokenLine(number, _("“text” is missing or is no text."))
    lists = {}
    for key in ("alt_texts", "photos", "places"):
        entries = given.get(key) or []
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            return BrokenLine(number, _("“{key}” is no list of texts.").format(key=key))
        lists[key] = tuple(entries)
    return GivenPost(
        line=number,
        id=_identity(given.get("id")),
        text=given["text"],
        alt_texts=lists["alt_texts"],
        photos=tuple(folder / photo for photo in lists["photos"]),
        places=tuple(dict.fromkeys(lists["places"])),
    )


def _identity(value: Any) -> str | int | None:
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None
