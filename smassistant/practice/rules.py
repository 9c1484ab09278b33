"""What the practice network refuses, in a real Bluesky server's own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Any

POSTS = "app.bsky.feed.post"
LARGEST_UPLOAD = 5 * 1024 * 1024
LARGEST_PICTURE = 1_000_000
LARGEST_VIDEO = 100_000_000
LONGEST_VIDEO_ALT = 1000
MOST_PICTURES = 4
LONGEST_TEXT = 300
LONGEST_TEXT_BYTES = 3000

_KEY = re.compile(r"[234567abcdefghij][234567a-z]{12}")
_JOINER = "\u200d"


class Refusal(Exception):
    """An answer that says no: an HTTP status and the two words of an XRPC error."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message


def refuse(message: str) -> Refusal:
    """The commonest refusal: the request itself is wrong."""
    return Refusal(400, "InvalidRequest", message)


def check_key(key: str) -> None:
    """Raise unless `key` is a record key as posts have it (TID)."""
    if not _KEY.fullmatch(key):
        raise refuse(f'Invalid record key for {POSTS}: Invalid TID string (got "{key}") at $')


def check_post(record: object) -> Iterator[dict[str, Any]]:
    """Raise unless `record` is a valid post; yields the references of its pictures."""
    if not isinstance(record, dict):
        raise refuse("Expected object value type at $.record")
    if record.get("$type", POSTS) != POSTS:
        raise _invalid(f"expected {POSTS} at $.record.$type")
    _check_text(record.get("text"))
    _check_time(record.get("createdAt"))
    _check_facets(record.get("facets", []))
    yield from _pictures(record.get("embed"))


def _invalid(what: str) -> Refusal:
    return refuse(f"Invalid {POSTS} record: {what}")


def _check_text(text: object) -> None:
    if not isinstance(text, str):
        raise _invalid("Expected string value type at $.record.text")
    for kind, size, limit in (
        ("string", len(text.encode(errors="replace")), LONGEST_TEXT_BYTES),
        ("grapheme", graphemes(text), LONGEST_TEXT),
    ):
        if size > limit:
            raise _invalid(f"{kind} too big (maximum {limit}, got {size}) at $.record.text")


def _check_time(created_at: object) -> None:
    try:
        aware = datetime.fromisoformat(str(created_at)).tzinfo is not None
    except ValueError:
        aware = False
    if not aware:
        raise _invalid("Invalid datetime at $.record.createdAt")


def _check_facets(facets: object) -> None:
    if not isinstance(facets, list):
        raise _invalid("Expected array value type at $.record.facets")
    for number, facet in enumerate(facets):
        index = facet.get("index") if isinstance(facet, dict) else None
        for name in ("byteStart", "byteEnd"):
            at = index.get(name) if isinstance(index, dict) else None
            if not isinstance(at, int) or at < 0:
                raise _invalid(f"integer too small at $.record.facets[{number}].index.{name}")
        features = facet.get("features")
        if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
            raise _invalid(f"Expected array value type at $.record.facets[{number}].features")


def _pictures(embed: object) -> Iterator[dict[str, Any]]:
    if embed is None:
        return
    if isinstance(embed, dict) and embed.get("$type") == "app.bsky.embed.video":
        yield _video(embed, "$.record.embed")
        return
    images = embed.get("images") if isinstance(embed, dict) else None
    if not isinstance(images, list):
        raise _invalid('Missing required key "images" at $.record.embed')
    if len(images) > MOST_PICTURES:
        size = f"maximum {MOST_PICTURES}, got {len(images)}"
        raise _invalid(f"array too big ({size}) at $.record.embed.images")
    for number, image in enumerate(images):
        yield _picture(image, f"$.record.embed.images[{number}]")


def _picture(image: object, where: str) -> dict[str, Any]:
    if not isinstance(image, dict) or not isinstance(image.get("alt"), str):
        raise _invalid(f'Missing required key "alt" at {where}')
    _check_ratio(image, where)
    return _blob(image, "image", "image/*", LARGEST_PICTURE, where)


def _video(embed: dict[str, Any], where: str) -> dict[str, Any]:
    if graphemes(str(embed.get("alt", ""))) > LONGEST_VIDEO_ALT:
        raise _invalid(f"grapheme too big (maximum {LONGEST_VIDEO_ALT}) at {where}.alt")
    _check_ratio(embed, where)
    return _blob(embed, "video", "video/mp4", LARGEST_VIDEO, where)


def _check_ratio(holder: dict[str, Any], where: str) -> None:
    ratio = holder.get("aspectRatio", {"width": 1, "height": 1})
    for side in ("width", "height"):
        if not isinstance(ratio, dict) or not isinstance(ratio.get(side), int) or ratio[side] < 1:
            raise _invalid(f"integer too small (minimum 1) at {where}.aspectRatio.{side}")


def _blob(holder: dict[str, Any], name: str, kind: str, most: int, where: str) -> dict[str, Any]:
    blob = holder.get(name)
    if not isinstance(blob, dict) or blob.get("$type") != "blob":
        raise _invalid(f'Missing required key "{name}" at {where}')
    mime, size = str(blob.get("mimeType")), blob.get("size")
    if not mime.startswith(kind.rstrip("*")):
        raise _invalid(f'Expected "{kind}" (got "{mime}") at {where}.{name}.mimeType')
    if not isinstance(size, int) or size > most:
        raise _invalid(f"blob too big (maximum {most}, got {size}) at {where}.{name}")
    return blob


def graphemes(text: str) -> int:
    """The length of `text` as a reader counts: accents, emoji families and flags are one each."""
    count = 0
    before = ""
    open_flag = False
    for sign in text:
        flag = "\U0001f1e6" <= sign <= "\U0001f1ff"
        joined = before == _JOINER or (flag and open_flag) or (before == "\r" and sign == "\n")
        if not before or not (joined or _belongs_to_before(sign)):
            count += 1
        open_flag = flag and not open_flag
        before = sign
    return count


def _belongs_to_before(sign: str) -> bool:
    skin = "\U0001f3fb" <= sign <= "\U0001f3ff"
    tag = "\U000e0020" <= sign <= "\U000e007f"
    return sign == _JOINER or skin or tag or unicodedata.category(sign) in {"Mn", "Me", "Mc"}
