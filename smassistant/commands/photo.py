"""`photo`: what is in pictures and what their files say, without a database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from smassistant.domain.pictures import SURE_SCORE, Box
from smassistant.errors import UserError
from smassistant.i18n import N_, _, ngettext
from smassistant.photo_reader import PhotoReader

HELP = N_("faces, writing and metadata of photos")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=_("a picture"))
    parser.add_argument("--json", action="store_true", help=_("one JSON line a file"))


def run(args: argparse.Namespace) -> int:
    """Tell about each file as soon as it is read; 0, or 2 when none could be read."""
    from smassistant.imaging.apart import PhotoReaderApart

    with closing(PhotoReaderApart()) as reader:
        return _tell(args, reader)


def _tell(args: argparse.Namespace, reader: PhotoReader) -> int:
    read = 0
    for file in args.files:
        try:
            facts = _facts(file, reader)
        except UserError as error:
            facts = {"file": str(file), "error": str(error)}
        else:
            read += 1
        line = json.dumps(facts, ensure_ascii=False) if args.json else "\n".join(_told(facts))
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    if not read:
        raise UserError(_("None of the pictures could be read."))
    return 0


def _facts(file: Path, reader: PhotoReader) -> dict[str, Any]:
    """What the contract's JSON line says; below 0.7 a face is only perhaps one."""
    from smassistant.imaging.files import read_picture

    photo = reader.read(read_picture(file), file.name)
    words, unread = _words(photo.working, reader)
    width, height = photo.full_size
    metadata = photo.metadata
    return {
        "file": str(file),
        "width": width,
        "height": height,
        "faces": [{**_place(face.box), "score": round(face.score, 3)} for face in photo.faces],
        "words": words,
        "metadata": {
            "location": metadata.location,
            "people": list(metadata.people),
            "creator": metadata.creator,
            "copyright": metadata.copyright,
            "taken": metadata.taken,
        },
        "problems": [*photo.problems, *unread],
    }


def _words(working: bytes, reader: PhotoReader) -> tuple[list[dict[str, Any]], list[str]]:
    """What is written in a picture, looked at thoroughly, or why nothing could be read."""
    try:
        found = reader.read_writing(working, thorough=True)
    except UserError as error:
        return [], [f"{error.title} {error.explanation}".rstrip(". ")]
    return [
        {"text": one.text, **_place(one.box), "score": round(one.score, 3)} for one in found
    ], []


def _place(box: Box) -> dict[str, float]:
    """A box in fractions of the upright picture."""
    return {"x": round(box.x, 5), "y": round(box.y, 5), "w": round(box.w, 5), "h": round(box.h, 5)}


def _told(facts: dict[str, Any]) -> Iterator[str]:
    """The same for people to read: a line for the file, further ones for what it says."""
    if "error" in facts:
        yield f"{facts['file']}: {facts['error']}"
        return
    metadata = facts["metadata"]
    sure = sum(face["score"] >= SURE_SCORE for face in facts["faces"])
    count = ngettext("{n} face", "{n} faces", sure).format(n=sure)
    if perhaps := len(facts["faces"]) - sure:
        count = _("{faces}, perhaps {n} more").format(faces=count, n=perhaps)
    yield f"{facts['file']}: {facts['width']} × {facts['height']}, {count}"
    if facts["words"]:
        words = "; ".join(word["text"] for word in facts["words"])
        yield "  " + _("Writing: {words}").format(words=words)
    if metadata["location"]:
        yield "  " + _("The file says where it was taken.")
    if metadata["people"]:
        yield "  " + _("The file names people: {names}.").format(
            names=", ".join(metadata["people"])
        )
    if metadata["creator"]:
        yield "  " + _("By: {creator}").format(creator=metadata["creator"])
    if metadata["copyright"]:
        yield "  " + _("Copyright: {copyright}").format(copyright=metadata["copyright"])
    if metadata["taken"]:
        yield "  " + _("Taken: {taken}").format(taken=metadata["taken"])
    for problem in facts["problems"]:
        yield "  " + problem[:1].upper() + problem[1:] + "."
