"""Pictures as people have them: each bad one is told in a sentence, and the next one comes in."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import event

from smassistant.domain.pictures import Metadata
from smassistant.errors import UserError
from smassistant.imaging import faces
from smassistant.imaging.apart import PhotoReaderApart
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.services import drafting
from smassistant.services.drafting import AddedPicture, add_picture, read_file, read_photo
from smassistant.storage.engine import open_sqlite
from smassistant.storage.store import SqlStore
from tests.fakes.clock import HandClock
from tests.unit.imaging.heic import heic
from tests.unit.imaging.pictures import difference, group, noise, saved
from tests.unit.imaging.test_metadata import BOMB, exif_of
from tests.unit.services.conftest import School, open_school

PHOTO = group([(60, 100), (340, 100)], 220)
JPEG = saved(PHOTO, quality=92)
PNG = saved(PHOTO, "PNG")
ORIENTATION, ARTIST = 0x0112, 0x013B


@pytest.fixture(scope="module")
def reader() -> Iterator[PhotoReaderApart]:
    made = PhotoReaderApart()
    yield made
    made.close()


@pytest.fixture
def desk(school: School, reader: PhotoReaderApart) -> School:
    """The school, with pictures really opened."""
    return replace(school, context=replace(school.context, photos=reader))


def add(school: School, data: bytes, name: str = "photo.jpg") -> AddedPicture:
    return add_picture(school.context, school.author, data, name)


def copy_of(school: School, added: AddedPicture) -> Image.Image:
    data = read_photo(school.context, school.author, added.picture.photo_id)
    return Image.open(io.BytesIO(data))


def kept(school: School) -> int:
    """How many pictures the store holds."""
    store = school.context.store
    assert isinstance(store, SqlStore)
    with store._engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM photos").scalar_one())


def png(width: int, height: int, body: bytes = b"", *more: tuple[bytes, bytes]) -> bytes:
    """A PNG that claims this size; RGB, 8 bits."""

    def chunk(kind: bytes, payload: bytes) -> bytes:
        check = zlib.crc32(kind + payload)
        return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    parts = b"".join(chunk(kind, payload) for kind, payload in more)
    return b"\x89PNG\r\n\x1a\n" + head + parts + chunk(b"IDAT", body) + chunk(b"IEND", b"")


BAD = {
    "zero bytes": (b"", "The picture file is empty."),
    "text": (b"Dear parents, on Friday we ...", "This is not a picture."),
    "letter": (b"PK\3\4word/document.xml", "This kind of file can't be used."),
    "cut": (JPEG[: len(JPEG) // 2], "The picture file is cut off."),
    "cut phone picture": (heic(noise(96, 64))[:4000], "The picture file is cut off."),
    "corrupt": (PNG[:900] + bytes(400) + PNG[1300:], "The picture file is damaged."),
    "bomb": (png(50_000, 50_000, zlib.compress(bytes(9))), "The picture has too many pixels."),
    "flat bomb": (png(1, 2**31 - 1, zlib.compress(bytes(9))), "The picture has too many pixels."),
    "lies": (png(9_000, 9_000, zlib.compress(bytes(9))), "The picture file is cut off."),
    "text bomb": (
        png(8, 8, zlib.compress(bytes(200)),
            (b"zTXt", b"Author\0\0" + zlib.compress(bytes(90_000_000)))),
        "The picture file is damaged.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_picture_is_told_and_the_next_comes_in(desk: School, name: str) -> None:
    data, title = BAD[name]
    before = kept(desk)
    with pytest.raises(UserError) as caught:
        add(desk, data)
    assert caught.value.title == title
    assert caught.value.explanation
    assert caught.value.next_step
    assert kept(desk) == before
    assert len(add(desk, JPEG).picture.faces) == 2


def cmyk() -> bytes:
    return saved(PHOTO.convert("CMYK"), quality=95)


def deep() -> bytes:
    grey = np.asarray(PHOTO.convert("L")).astype(np.uint16) * 257
    return saved(Image.fromarray(grey), "PNG")


def palette() -> bytes:
    image = PHOTO.quantize(64)
    image.putpixel((0, 0), 63)
    return saved(image, "PNG", transparency=63)


def animated() -> bytes:
    return saved(PHOTO, "WEBP", save_all=True, append_images=[PHOTO.rotate(180)])


ODD = {
    "wrong ending": (saved(PHOTO, "PNG"), 0),
    "cmyk": (cmyk(), 0),
    "sixteen bits": (deep(), 0),
    "palette with a transparent colour": (palette(), 0),
    "gif": (saved(PHOTO.quantize(64), "GIF"), 0),
    "bmp": (saved(PHOTO, "BMP"), 0),
    "tiff": (saved(PHOTO, "TIFF", compression="tiff_lzw"), 0),
    "avif": (saved(PHOTO, "AVIF"), 0),
    "animated": (animated(), 1),
    "orientation of no meaning": (saved(PHOTO, exif=exif_of({ORIENTATION: 77})), 0),
    "broken colour profile": (saved(PHOTO, icc_profile=b"acsp" * 40), 0),
    "huge tags": (saved(PHOTO, exif=exif_of({ARTIST: "Jo " * 20_000})), 0),
    "xml bomb": (saved(PHOTO, xmp=BOMB), 1),
    "twice the end": (JPEG + JPEG, 0),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_picture_comes_in_whole(desk: School, name: str) -> None:
    data, problems = ODD[name]
    added = add(desk, data, "class.jpg")
    assert len(added.picture.faces) == 2
    assert len(added.problems) == problems
    shown = copy_of(desk, added)
    grey = "sixteen" in name or "palette" in name or "gif" in name
    assert difference(shown.convert("L"), PHOTO.convert("L")) < (40 if "palette" in name else 9)
    assert grey or difference(shown, PHOTO) < 9


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (20, 9)])
def test_the_smallest_pictures_come_in(desk: School, size: tuple[int, int]) -> None:
    picture = add(desk, saved(Image.new("RGB", size, "white"), "PNG")).picture
    assert (picture.width, picture.height) == (max(1, min(size[0], 2560)), min(size[1], 2560))
    assert picture.faces == ()


def test_a_file_that_is_gone_or_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(JPEG)
    os.mkfifo(tmp_path / "pipe.jpg")
    for name in ("missing.jpg", "pipe.jpg", ""):
        with pytest.raises(UserError, match="can't be read") as caught:
            read_file(tmp_path / name)
        assert caught.value.explanation
        assert caught.value.next_step
    assert read_file(tmp_path / "photo.jpg") == JPEG


def test_a_file_that_vanishes_or_grows_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(JPEG)
    look = Path.stat

    def vanishing(self: Path, **more: bool) -> os.stat_result:
        about = look(self, **more)
        path.unlink(missing_ok=True)
        return about

    monkeypatch.setattr(Path, "stat", vanishing)
    with pytest.raises(UserError, match="can't be read"):
        read_file(path)
    monkeypatch.undo()
    path.write_bytes(JPEG)
    monkeypatch.setattr(drafting, "MAX_FILE_BYTES", len(JPEG) - 1)
    with pytest.raises(UserError, match="too large"):
        read_file(path)


def test_a_full_disk_takes_nothing_in_and_loses_nothing(
    tmp_path: Path, clock: HandClock, reader: PhotoReaderApart
) -> None:
    engine = open_sqlite(tmp_path / "school.db", bytes(32))
    school = open_school(tmp_path, clock, engine)
    school = replace(school, context=replace(school.context, photos=reader))
    first = add(school, JPEG)

    @event.listens_for(engine, "begin")
    def fill_up(connection: object) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    with pytest.raises(UserError) as caught:
        add(school, saved(noise(900, 700)))
    assert "disk" in str(caught.value) or "room" in str(caught.value)
    assert caught.value.next_step
    assert copy_of(school, first).size == PHOTO.size
    event.remove(engine, "begin", fill_up)
    school.context.store.close()


def test_without_the_face_finder_no_picture_comes_in(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody would be missed where nobody is looked for: the post waits, all else works."""
    damaged = tmp_path / "model.onnx"
    damaged.write_bytes(faces.MODEL.read_bytes()[:-9])
    monkeypatch.setattr(faces, "face_finder", lambda: faces.FaceFinder(damaged))
    school = replace(school, context=replace(school.context, photos=LocalPhotoReader()))
    with pytest.raises(UserError, match="Faces can't be looked for") as caught:
        add(school, JPEG)
    assert "install" in caught.value.next_step.lower()
    assert kept(school) == 0
    assert school.submit(school.write("Welcome back to school.")).id


def test_what_the_file_says_never_stays_in_the_copy(desk: School) -> None:
    added = add(desk, saved(PHOTO, exif=exif_of({ARTIST: "Jo Okafor"}), comment=b"of Jo Okafor"))
    assert added.picture.metadata == Metadata(creator="Jo Okafor")
    data = read_photo(desk.context, desk.author, added.picture.photo_id)
    assert b"Okafor" not in data
