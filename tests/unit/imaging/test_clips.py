"""Videos are read clean, cut for good, and every face in them is listed once."""

from __future__ import annotations

import struct
from collections.abc import Callable

import numpy as np
import pytest

from smassistant.domain.clips import ReadClip, Shown
from smassistant.errors import Cancelled, UserError
from smassistant.imaging.film import read_film
from smassistant.imaging.film_writing import write_film
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.jobs import Task
from tests.unit.imaging.films import (
    COMMENT,
    MODEL,
    PLACE,
    SENSOR,
    atom,
    changed,
    film,
    flat,
    kinds,
    played,
    talkative,
    walk,
)

READER = LocalPhotoReader()


@pytest.fixture(scope="module")
def plain() -> bytes:
    return film(flat, 30)


@pytest.fixture(scope="module")
def walked() -> ReadClip:
    return READER.read_clip(film(walk(), 30), "walk.mp4")


def test_nothing_but_picture_and_sound_is_left(plain: bytes) -> None:
    data = talkative(plain)
    assert all(words in data for words in (PLACE, COMMENT, MODEL, SENSOR))
    read = READER.read_clip(data, "IMG_1.MOV")
    for words in (PLACE, COMMENT, MODEL, SENSOR, b"quicktime", b"udta", b"Lavf", b"VideoHandler"):
        assert words not in read.video
    assert struct.pack(">I", 3_800_000_000) not in read.video
    assert not kinds(read.video) & {b"udta", b"meta", b"uuid", b"free", b"\xa9xyz"}
    assert read.metadata.location
    assert read.metadata.camera == MODEL.decode()
    assert read.metadata.taken == "2024-05-31"


def test_the_pictures_are_the_same_bit_for_bit(plain: bytes) -> None:
    read = READER.read_clip(talkative(plain))
    before, after = played(plain), played(read.video)
    assert len(before) == len(after) == 30
    assert all(np.array_equal(one, two) for one, two in zip(before, after, strict=True))
    assert read.seconds == 3
    assert (read.width, read.height) == (320, 240)
    assert not read.sound


def test_reading_the_same_file_twice_gives_the_same_bytes(plain: bytes) -> None:
    first, second = READER.read_clip(plain), READER.read_clip(talkative(plain))
    assert first.digest == second.digest
    assert READER.read_clip(first.video).digest == first.digest


def test_each_person_is_listed_once(walked: ReadClip) -> None:
    assert len(walked.faces) == 4  # as many as are painted in the photo
    times = {still.at for still in walked.stills}
    assert all(face.at in times for face in walked.faces)
    assert all(face.score >= 0.7 for face in walked.faces)
    assert walked.stills[walked.cover].data[:2] == b"\xff\xd8"


def test_another_scene_is_looked_at_at_once() -> None:
    first, second = walk("choir", 30), walk("track_meet", 30)

    def draw(number: int) -> object:
        return first(0) if number < 14 else second(0)

    read = READER.read_clip(film(draw, 20))  # type: ignore[arg-type]
    assert any(1.4 <= still.at < 1.7 for still in read.stills)
    # Whoever stands where somebody stood before is somebody else.
    before = {face.at for face in read.faces if face.at < 1.4}
    after = {face.at for face in read.faces if face.at >= 1.4}
    assert before
    assert after


def test_a_cut_really_leaves_the_rest_out(walked: ReadClip) -> None:
    cut = READER.cut_clip(walked.video, 1.0, 2.0)
    assert 1.0 <= cut.begins <= 1.3
    assert cut.begins + cut.seconds <= 2.01
    whole, part = played(walked.video), played(cut.video)
    first = round(cut.begins * 10)
    assert np.array_equal(part[0], whole[first])
    assert len(part) == round(cut.seconds * 10)
    assert len(cut.video) < len(walked.video) * 0.6
    samples = read_film(walked.video).picture.samples
    gone = walked.video[samples.offsets[0] : samples.offsets[0] + samples.sizes[0]]
    assert gone not in cut.video


def test_where_no_picture_stands_alone_it_is_written_anew(walked: ReadClip) -> None:
    cut = READER.cut_clip(_with_first_key_only(walked.video), 1.55, 2.5)
    assert cut.begins == 1.55
    assert not cut.sound
    assert 0.8 <= cut.seconds <= 1.1


def _with_first_key_only(data: bytes) -> bytes:
    """The table of pictures that stand alone keeps its length, so that no sample moves."""
    at = data.index(b"stss") + 8
    (count,) = struct.unpack_from(">I", data, at)
    rows = struct.pack(f">{count}I", *([1] * count))
    return data[: at + 4] + rows + data[at + 4 + 4 * count :]


def test_blurred_people_are_nowhere_in_the_result(walked: ReadClip) -> None:
    hidden, *others = walked.faces
    blurred = READER.blur_clip(
        walked.video,
        [Shown(hidden.at, hidden.box)],
        [Shown(face.at, face.box) for face in others],
    )
    assert not blurred.sound
    assert abs(blurred.seconds - walked.seconds) < 0.2
    assert 1 <= len(blurred.faces) <= len(others)
    wanted = {round(face.at) for face in walked.faces}
    assert wanted <= {round(still.at) for still in blurred.stills}
    found = READER.read_clip(blurred.video).faces
    assert len(found) == len(blurred.faces)


def test_blurring_nobody_gives_the_video_itself(walked: ReadClip) -> None:
    same = READER.blur_clip(walked.video, [], [Shown(f.at, f.box) for f in walked.faces])
    assert same.digest == walked.digest


def test_who_can_not_be_followed_is_not_blurred_somehow(walked: ReadClip) -> None:
    nobody = Shown(0, type(walked.faces[0].box)(0.01, 0.9, 0.05, 0.05))
    with pytest.raises(UserError, match="can't be blurred") as caught:
        READER.blur_clip(walked.video, [nobody], [])
    assert "photo of one moment" in caught.value.next_step


def test_it_can_be_cancelled(plain: bytes) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        READER.read_clip(plain, "a.mp4", task)


def cut_off(data: bytes) -> bytes:
    return data[: len(data) // 2]


def no_picture_track(data: bytes) -> bytes:
    return data.replace(b"vide", b"text")


def no_frames(data: bytes) -> bytes:
    for table in (b"stsz", b"stts", b"stss", b"stsc", b"stco"):
        data = changed(data, table, lambda _body: bytes(12))
    return data


def huge_sizes(data: bytes) -> bytes:
    return changed(data, b"stsz", lambda b: b[:12] + struct.pack(">I", 0xFFFFFFF0) + b[16:])


def huge_count(data: bytes) -> bytes:
    return changed(data, b"stsz", lambda b: b[:8] + struct.pack(">I", 0xFFFFFFF0) + b[12:])


def huge_runs(data: bytes) -> bytes:
    return changed(data, b"stts", lambda b: b[:8] + struct.pack(">I", 0x7FFFFFFF) + b[12:])


def huge_times(data: bytes) -> bytes:
    data = changed(data, b"stts", lambda b: b[:12] + struct.pack(">I", 0x7FFFFFFF) + b[16:])
    return changed(data, b"elst", lambda b: b[:8] + bytes(4) + b[12:])


def in_pieces(data: bytes) -> bytes:
    return data + atom(b"moof", bytes(8))


def protected(data: bytes) -> bytes:
    return data.replace(b"mp4v\0", b"encv\0", 1)


def scrambled(data: bytes) -> bytes:
    at = data.index(b"mdat") + 8
    return data[:at] + bytes(5000) + data[at + 5000 :]


@pytest.mark.parametrize(("harm", "title"), [
    (cut_off, "The video file is cut off."),
    (no_picture_track, "There is no picture in this video."),
    (no_frames, "There is no picture in this video."),
    (huge_sizes, "The video file is damaged."),
    (huge_count, "This kind of video can't be used."),
    (huge_runs, "The video file is damaged."),
    (huge_times, "The video is too long."),
    (in_pieces, "This kind of video can't be used."),
    (protected, "This kind of video can't be used."),
    (lambda data: b"Dear parents, please find the film attached.", "This is not a video."),
    (lambda data: b"", "The video file is empty."),
    (lambda data: data[:8], "The video file is cut off."),
])  # fmt: skip
def test_bad_files_are_told_in_a_sentence(
    plain: bytes, harm: Callable[[bytes], bytes], title: str
) -> None:
    with pytest.raises(UserError) as caught:
        READER.read_clip(harm(plain), "holiday.mp4")
    assert caught.value.title == title
    assert caught.value.next_step


def test_a_scrambled_film_is_refused_or_looked_at_as_it_plays(plain: bytes) -> None:
    try:
        read = READER.read_clip(scrambled(plain))
    except UserError:
        return
    assert len(played(read.video)) >= 28


@pytest.mark.parametrize("seed", range(4))
def test_any_change_gives_a_film_or_a_sentence(plain: bytes, seed: int) -> None:
    """The tables are changed at random; nothing but a UserError comes out of reading them."""
    rng = np.random.default_rng(seed)
    start = plain.index(b"moov")
    for _round in range(60):
        harmed = bytearray(plain)
        for _change in range(rng.integers(1, 6)):
            harmed[rng.integers(start, len(plain))] = rng.integers(256)
        _read_tables(bytes(harmed))


def _read_tables(data: bytes) -> None:
    from smassistant.imaging.film_troubles import troubles_told

    try:
        with troubles_told():
            write_film(read_film(data))
    except UserError:
        return


def test_changing_rhythm_is_kept(plain: bytes) -> None:
    """Some frames stand for longer, as phones do in the dark."""
    rows = struct.pack(">IIIIIIII", 0, 3, 10, 1024, 5, 4096, 15, 1024)
    slow = changed(plain, b"stts", lambda _body: rows)
    slow = changed(slow, b"elst", lambda body: body[:8] + bytes(4) + body[12:])
    read = READER.read_clip(slow)
    assert read.seconds == pytest.approx(4.5, abs=0.05)
    assert len(played(read.video)) == 30
