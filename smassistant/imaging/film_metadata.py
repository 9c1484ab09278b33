"""What a video file says about itself: place, device, day, names. Only read, never passed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from smassistant.domain.pictures import Metadata
from smassistant.imaging.atoms import Atom, Broken, atoms

_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_PLACES = (b"\xa9xyz", b"loci", b"com.apple.quicktime.location.ISO6709", b"gps ")
_MAKER, _MODEL = (
    (b"\xa9mak", b"com.apple.quicktime.make", b"com.android.manufacturer"),
    (b"\xa9mod", b"com.apple.quicktime.model", b"com.android.model"),
)
_AUTHOR = (b"\xa9ART", b"\xa9aut", b"auth", b"com.apple.quicktime.author")
_RIGHTS = (b"cprt", b"\xa9cpy", b"com.apple.quicktime.copyright")
_LONGEST = 300


def read_film_metadata(data: bytes) -> Metadata:
    """Place (yes or no), device, author, rights and day; empty where they make no sense."""
    try:
        movie = next(atom for atom in atoms(memoryview(data)) if atom.kind == b"moov")
        said = dict(_said(movie))
        tracks = [track for track in movie.children() if track.kind == b"trak"]
        kinds = {bytes(track.child(b"mdia", b"hdlr").body[8:12]) for track in tracks}
        taken = _day(movie)
    except (Broken, StopIteration):
        return Metadata()
    # A track of its own may hold where the camera was all along.
    located = bool(kinds & {b"meta", b"camm", b"gpmd"}) or any(key in said for key in _PLACES)
    return Metadata(
        location=located,
        creator=_first(said, _AUTHOR),
        copyright=_first(said, _RIGHTS),
        taken=taken,
        camera=" ".join(filter(None, (_first(said, _MAKER), _first(said, _MODEL)))),
    )


def _said(movie: Atom) -> Iterator[tuple[bytes, str]]:
    """Everything the movie says about itself, under the names it uses."""
    holders = [movie, *(track for track in movie.children() if track.kind == b"trak")]
    for holder in holders:
        for atom in holder.children():
            if atom.kind == b"meta":
                yield from _listed(atom)
            elif atom.kind == b"udta":
                yield from _by_user(atom)


def _by_user(user: Atom) -> Iterator[tuple[bytes, str]]:
    for atom in _loose(user.body):
        if atom.kind == b"meta":
            yield from _listed(atom)
        else:
            yield atom.kind, _words(bytes(atom.body[4:]))


def _loose(body: memoryview) -> list[Atom]:
    """The boxes of a user's list, which may end with four zeros."""
    try:
        return list(atoms(body))
    except Broken:
        return []


def _listed(meta: Atom) -> Iterator[tuple[bytes, str]]:
    """The entries of a metadata list: by number with a list of names, else by their own kind."""
    plain = bytes(meta.body[4:8]) == b"hdlr"
    parts = {atom.kind: atom for atom in meta.children(0 if plain else 4)}
    listing = parts.get(b"ilst")
    if listing is None:
        return
    names = [bytes(atom.body) for atom in parts[b"keys"].children(8)] if b"keys" in parts else []
    for atom in listing.children():
        number = int.from_bytes(atom.kind, "big")
        kind = names[number - 1] if 0 < number <= len(names) else atom.kind
        value = atom.find(b"data")
        if value is not None:
            yield kind, _words(bytes(value.body[8:]))


def _words(raw: bytes) -> str:
    text = raw[:_LONGEST].decode("utf-8", "replace")
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _first(said: dict[bytes, str], keys: tuple[bytes, ...]) -> str:
    return next((said[key] for key in keys if said.get(key)), "")


def _day(movie: Atom) -> str:
    """When it was made, as an ISO day; empty where it does not say."""
    header = movie.child(b"mvhd")
    (seconds,) = header.numbers("Q" if header.body[0] == 1 else "I", 4)
    try:
        made = _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return ""
    return made.date().isoformat() if made.year >= 1990 else ""
