"""What a Bluesky post looks like as a record: its key, its links and tags, its pictures."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from smassistant.ports import Parcel, ParcelPicture

POSTS = "app.bsky.feed.post"

# Digits in the order of their characters, so that keys sort by time as plain text.
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_KEY_LENGTH = 13

_LINK = re.compile(r"(?<![\w@/.-])(?:https?://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)
_ENDS_NO_LINK = ".,;:!?'’…*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_TAG = re.compile(r"(?<!\S)[#＃]([^\s#＃\u00ad\u200b-\u200d\u2060]+)")
_LONGEST_TAG = 64
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_MENTION = re.compile(rf"(?<![\w@/.-])@((?:{_LABEL}\.)+{_LABEL})(?![\w@-])", re.IGNORECASE)
_MOST_MENTIONS = 10


class Keys:
    """Record keys ("TID"): 53 bits of microseconds, 10 of chance, each greater than the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self._chance = secrets.randbelow(1024)

    def next(self, now: datetime) -> str:
        """A key for the instant `now`; thirteen characters, sorted like time."""
        with self._lock:
            self._last = max(int(now.timestamp() * 1_000_000), self._last + 1)
            number = self._last << 10 | self._chance
        places = range(5 * (_KEY_LENGTH - 1), -1, -5)
        return "".join(_DIGITS[number >> place & 31] for place in places)


def text_mark(text: str) -> str:
    """What tells one text from another without holding it: its SHA-256."""
    return hashlib.sha256(_utf8(text)).hexdigest()


def timestamp(now: datetime) -> str:
    """The instant as records carry it: ISO 8601 in UTC with milliseconds."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def post_record(
    parcel: Parcel,
    created_at: str,
    blobs: Sequence[Mapping[str, Any]],
    resolve: Callable[[str], str | None],
) -> dict[str, Any]:
    """The record to write: `blobs` are the uploaded pictures in order; see `facets`."""
    record: dict[str, Any] = {"$type": POSTS, "text": parcel.text, "createdAt": created_at}
    if marks := facets(parcel.text, resolve):
        record["facets"] = marks
    if parcel.pictures:
        record["embed"] = _embed(parcel.pictures, blobs)
    return record


def _embed(pictures: Sequence[ParcelPicture], blobs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One video, or else pictures: a post on Bluesky can't have both."""
    first = pictures[0]
    if first.is_video:
        return {
            "$type": "app.bsky.embed.video",
            "video": blobs[0],
            "alt": first.alt_text,
            "aspectRatio": {"width": first.width, "height": first.height},
        }
    return {
        "$type": "app.bsky.embed.images",
        "images": [
            {
                "image": blob,
                "alt": picture.alt_text,
                "aspectRatio": {"width": picture.width, "height": picture.height},
            }
            for picture, blob in zip(pictures, blobs, strict=True)
        ],
    }


def facets(text: str, resolve: Callable[[str], str | None]) -> list[dict[str, Any]]:
    """Links, hashtags and mentions of `text`, with offsets in UTF-8 bytes as Bluesky wants them.

    `resolve` gives the account id (DID) of a handle, None where there is none: such a mention
    stays plain text.
    """
    found: list[tuple[int, int, dict[str, str]]] = []
    for start, end, feature in (*_links(text), *_tags(text), *_mentions(text, resolve)):
        if all(end <= other_start or other_end <= start for other_start, other_end, _f in found):
            found.append((start, end, feature))
    return [
        {
            "index": {"byteStart": _bytes_before(text, start), "byteEnd": _bytes_before(text, end)},
            "features": [feature],
        }
        for start, end, feature in sorted(found, key=lambda facet: facet[0])
    ]


def _bytes_before(text: str, at: int) -> int:
    return len(_utf8(text[:at]))


def _utf8(text: str) -> bytes:
    """Half a surrogate pair, which a broken paste may leave, is three bytes as everywhere else."""
    return text.encode("utf-8", "surrogatepass")


def _links(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in _LINK.finditer(text):
        shown = _without_ending(match[0])
        address = shown if "://" in shown else f"https://{shown}"
        if _has_host(address):
            link = {"$type": "app.bsky.richtext.facet#link", "uri": address}
            yield match.start(), match.start() + len(shown), link


def _without_ending(link: str) -> str:
    """The link without the sentence's own marks and closing brackets after it."""
    while link:
        opening = _BRACKETS.get(link[-1])
        loose = opening is not None and link.count(link[-1]) > link.count(opening)
        if not loose and link[-1] not in _ENDS_NO_LINK:
            break
        link = link[:-1]
    return link


def _has_host(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return "." in host.strip(".") and ".." not in host


def _tags(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in _TAG.finditer(text):
        tag = match[1]
        while tag and unicodedata.category(tag[-1]).startswith("P"):
            tag = tag[:-1]
        if tag and not tag.isdigit() and len(tag) <= _LONGEST_TAG:
            feature = {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
            yield match.start(), match.start() + 1 + len(tag), feature


def _mentions(
    text: str, resolve: Callable[[str], str | None]
) -> Iterator[tuple[int, int, dict[str, str]]]:
    known: dict[str, str | None] = {}
    for match in _MENTION.finditer(text):
        handle = match[1].lower()
        if handle not in known and len(known) < _MOST_MENTIONS:
            known[handle] = resolve(handle)
        if did := known.get(handle):
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": did}
            yield match.start(), match.end(), feature
