"""Sound goes along and is cut with the pictures; free messages in coded pictures do not."""

from __future__ import annotations

import re
import struct

import pytest

from smassistant.imaging.atoms import Atom, Broken, atoms
from smassistant.imaging.film import read_film
from smassistant.imaging.film_entries import cleaner, picture_entry
from smassistant.imaging.film_writing import write_film
from smassistant.imaging.reader import LocalPhotoReader
from tests.unit.imaging.films import atom, film, flat, with_sound

PIECE = re.compile(rb"sound-(\d\d) ")


@pytest.fixture(scope="module")
def plain() -> bytes:
    return film(flat, 30)


def heard(data: bytes) -> list[int]:
    """The numbers of the pieces of sound in a file."""
    return sorted(int(number) for number in PIECE.findall(data))


@pytest.mark.parametrize("quicktime", [False, True])
def test_sound_goes_along_without_the_makers_words(plain: bytes, quicktime: bool) -> None:
    written = write_film(read_film(with_sound(plain, 3, quicktime)))
    assert heard(written.data) == list(range(30))
    assert b"Anna" not in written.data
    assert b"decoder-setup" in written.data
    again = read_film(written.data)
    assert again.sound is not None
    assert again.sound.entry.kind == b"mp4a"
    assert again.sound.entry.numbers("H6xHH4xI", 8) == (0, 2, 16, 44100 << 16)
    assert write_film(again).data == written.data


def test_sound_is_cut_with_the_pictures(plain: bytes) -> None:
    written = write_film(read_film(with_sound(plain, 3)), 1.0, 2.0)
    assert written.begins == pytest.approx(1.2)  # every twelfth picture stands alone
    assert heard(written.data) == list(range(12, 20))
    again = read_film(written.data)
    assert again.sound is not None
    assert again.sound.shown_at()[0] == pytest.approx(0, abs=0.002)


def test_sound_after_the_last_picture_is_left_out(plain: bytes) -> None:
    written = write_film(read_film(with_sound(plain, 5)))
    assert heard(written.data) == list(range(30))


def test_sound_can_be_left_out(plain: bytes) -> None:
    reader = LocalPhotoReader()
    read = reader.read_clip(with_sound(plain, 3))
    assert read.sound
    mute = reader.cut_clip(read.video, 0, 4, mute=True)
    assert not mute.sound
    assert not heard(mute.video)
    assert mute.seconds == read.seconds


def test_a_hidden_start_is_not_in_the_result(plain: bytes) -> None:
    """A phone that cuts only writes down from where to play."""
    at = plain.index(b"elst") + 4
    count, length, begin = struct.unpack_from(">III", plain, at + 4)
    assert (count, begin) == (1, 0)
    data = plain[: at + 8] + struct.pack(">II", length, 0x1000) + plain[at + 16 :]
    shown = read_film(data)
    assert shown.picture.begin > 0
    reader = LocalPhotoReader()
    read = reader.read_clip(data)
    assert read.problems
    assert len(read_film(read.video).picture.samples) < 30
    assert read_film(read.video).picture.shown_at().min() == pytest.approx(0, abs=0.002)


def entry(kind: bytes, setup: bytes) -> Atom:
    body = bytes(24) + struct.pack(">HH", 64, 48) + bytes(50) + setup
    (made,) = atoms(memoryview(atom(kind, body)))
    return made


def unit(*data: bytes) -> bytes:
    whole = b"".join(data)
    return struct.pack(">I", len(whole)) + whole


H264 = entry(b"avc1", atom(b"avcC", b"\x01\x64\x00\x1f\xff\xe0\x00"))
SLICE = unit(b"\x65", b"picture" * 40)
WORDS = unit(b"\x06\x05\x20" + bytes(16) + b"GPS 53.5461 Anna" + b"\x80")
TIMING = unit(b"\x06\x01\x02\x10\x20\x80")
CAPTIONS = unit(b"\x06\x01\x01\x10" + b"\x04\x10" + b"spoken: Anna !!!" + b"\x80")


def test_free_messages_in_coded_pictures_are_taken_out() -> None:
    clean = cleaner(H264)
    assert clean is not None
    assert clean(TIMING + WORDS + SLICE) == TIMING + SLICE
    assert clean(CAPTIONS + SLICE) == SLICE
    assert clean(SLICE + bytes(3)) == SLICE
    with pytest.raises(Broken):
        clean(SLICE + b"\0\0\1\0more")


def test_free_messages_in_the_setup_of_newer_videos_are_taken_out() -> None:
    words = b"x265 options: Anna"
    message = b"\x27" + struct.pack(">HH", 1, len(words)) + words
    parameters = b"\x20" + struct.pack(">HH", 1, 4) + b"vps!"
    setup = bytes(21) + b"\x03" + b"\x02" + message + parameters
    made = picture_entry(entry(b"hvc1", atom(b"hvcC", setup) + atom(b"uuid", b"Anna")))
    assert b"Anna" not in made
    assert b"vps!" in made
    clean = cleaner(entry(b"hvc1", atom(b"hvcC", setup)))
    assert clean is not None
    picture = unit(b"\x26\x01", b"picture")
    assert clean(unit(b"\x4e\x01\x05\x04Anna\x80") + picture) == picture


def test_a_colour_profile_with_words_is_left_out_and_plain_colours_stay() -> None:
    made = picture_entry(
        entry(b"avc1", atom(b"colr", b"prof", b"Anna's screen") + atom(b"colr", b"nclx", bytes(7)))
    )
    assert b"Anna" not in made
    assert b"nclx" in made
