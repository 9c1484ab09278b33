"""Decoding: every format upright and in its colours; a broken file is told, never a crash."""

from __future__ import annotations

import os
import struct
import warnings
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from smassistant.errors import UserError
from smassistant.imaging import decoding
from smassistant.imaging.decoding import decode
from smassistant.imaging.files import read_picture
from tests.unit.imaging.heic import heic
from tests.unit.imaging.pictures import (
    GAMMA,
    GREEN,
    P3,
    difference,
    four_corners,
    ink_profile,
    noise,
    p3_profile,
    saved,
)
from tests.unit.imaging.test_metadata import exif_of

ORIENTATION = 0x0112
# What undoes each orientation: how the camera stored the upright picture.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def samples() -> dict[str, bytes]:
    """One picture in every format that is read."""
    image = four_corners()
    files = {kind: saved(image, kind) for kind in ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "AVIF")}
    return files | {"GIF": saved(image.quantize(16), "GIF"), "HEIC": heic(image)}


SAMPLES = samples()


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_format_is_read(kind: str) -> None:
    decoded = decode(SAMPLES[kind])
    assert decoded.format == kind
    assert decoded.frames == 1
    assert decoded.problems == ()
    assert decoded.image.mode == "RGB"
    assert difference(decoded.image, four_corners()) < 6


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_pictures_come_out_upright(kind: str, orientation: int) -> None:
    upright, turn = four_corners(), STORED[orientation]
    stored = upright if turn is None else upright.transpose(turn)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    assert difference(decode(saved(stored, kind, exif=exif.tobytes())).image, upright) < 6


@pytest.mark.parametrize("turns", range(4))
def test_an_iphone_picture_comes_out_upright_once(turns: int) -> None:
    """HEIC says it in the container and again in EXIF; turning twice would be wrong."""
    upright = four_corners()
    stored = upright.rotate(-90 * turns, expand=True)
    exif = Image.Exif()
    exif[ORIENTATION] = {0: 1, 1: 8, 2: 3, 3: 6}[turns]
    assert difference(decode(heic(stored, exif.tobytes(), turns)).image, upright) < 6


def test_nothing_of_the_file_stays_on_the_picture() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Class 4B"
    data = saved(four_corners(), exif=exif.tobytes(), comment=b"by Jane", icc_profile=p3_profile())
    image = decode(data).image
    assert image.info == {}
    assert dict(image.getexif()) == {}


def in_srgb(p3: tuple[int, int, int]) -> np.ndarray:
    """A P3 colour in sRGB, reckoned from the primaries alone."""
    srgb = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
    xyz = np.array(P3).T @ (np.array(p3) / 255) ** GAMMA
    linear = np.clip(np.linalg.inv(np.array(srgb).T) @ xyz, 0, 1)
    curved = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return curved * 255


@pytest.mark.parametrize("colour", [(200, 120, 60), (90, 160, 80), (128, 128, 128)])
def test_wide_colours_become_srgb(colour: tuple[int, int, int]) -> None:
    stored = Image.new("RGB", (32, 32), colour)
    for data in (
        saved(stored, "PNG", icc_profile=p3_profile()),
        heic(stored, profile=p3_profile()),
    ):
        assert np.abs(np.array(decode(data).image.getpixel((9, 9))) - in_srgb(colour)).max() < 6


def test_srgb_stays_as_it_is() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = noise(20, 20)
    assert difference(decode(saved(image, "PNG", icc_profile=profile)).image, image) == 0


def test_a_broken_profile_is_ignored() -> None:
    image = four_corners()
    assert difference(decode(saved(image, "PNG", icc_profile=b"nonsense")).image, image) == 0


def test_a_printers_colours_are_read() -> None:
    paper = Image.new("CMYK", (32, 32), (0, 0, 0, 0))
    paper.paste((0, 255, 255, 0), (0, 0, 16, 32))
    plain = decode(saved(paper, quality=95)).image
    assert plain.getpixel((30, 9)) == (255, 255, 255)
    red, green, blue = plain.getpixel((3, 9))  # type: ignore[misc]
    assert red > 200 > 80 > max(green, blue)
    red, green, blue = decode(saved(paper, quality=95, icc_profile=ink_profile())).image.getpixel(
        (3, 9)
    )  # type: ignore[misc]
    assert green > red + 40
    assert green > blue + 40


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_divided_not_clipped(kind: str) -> None:
    steps = np.linspace(0, 65535, 256).astype(np.uint16)[None, :].repeat(4, axis=0)
    grey = np.asarray(decode(saved(Image.fromarray(steps), kind)).image)
    assert np.abs(grey[0, :, 0].astype(int) - np.arange(256)).max() <= 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0, 0.5, 1]], np.float32), [0, 128, 255]),
        (np.array([[0, 128, 255]], np.float32), [0, 128, 255]),
        (np.array([[0, 32768, 65535]], np.int32), [0, 128, 255]),
        (np.array([[0, 50, 100]], np.int32), [0, 50, 100]),
        (np.array([[0, 500_000, 1_000_000]], np.int32), [0, 128, 255]),
        (np.array([[-5, np.nan, 1]], np.float32), [0, 0, 255]),
    ],
)
def test_numbers_become_grey(values: np.ndarray, expected: list[int]) -> None:
    grey = np.asarray(decode(saved(Image.fromarray(values), "TIFF")).image)[0, :, 1]
    assert np.abs(grey.astype(int) - expected).max() <= 1


def test_hidden_pixels_stay_hidden() -> None:
    """What transparency hides must not come to light: it is white, half of it half."""
    image = four_corners().convert("RGBA")
    image.putalpha(0)
    image.paste((0, 0, 0, 128), (0, 0, 10, 10))
    for kind in ("PNG", "WEBP", "TIFF"):
        seen = decode(saved(image, kind, **({"lossless": True} if kind == "WEBP" else {}))).image
        assert seen.getpixel((50, 50)) == (255, 255, 255)
        assert seen.getpixel((4, 4)) == (127, 127, 127)
    grey = image.convert("LA")
    assert decode(saved(grey, "PNG")).image.getpixel((50, 50)) == (255, 255, 255)


def test_a_transparent_colour_of_a_palette_is_white() -> None:
    image = four_corners().quantize(4)
    see_through = image.getpixel((0, 0))
    for kind in ("PNG", "GIF"):
        seen = decode(saved(image, kind, transparency=see_through)).image
        assert seen.getpixel((0, 0)) == (255, 255, 255)
        assert difference(seen.crop((60, 0, 90, 20)), Image.new("RGB", (30, 20), GREEN)) < 4


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_an_animation_the_first_picture_is_used(kind: str) -> None:
    first, second = four_corners(), four_corners().rotate(180)
    data = saved(first, kind, save_all=True, append_images=[second], duration=100)
    decoded = decode(data)
    assert decoded.frames == 2
    assert decoded.problems == ("animated: only the first picture is used",)
    assert difference(decoded.image, first) < 6


def test_of_several_pages_the_first_is_used() -> None:
    data = saved(four_corners(), "TIFF", save_all=True, append_images=[noise(20, 20)])
    decoded = decode(data)
    assert decoded.frames == 2
    assert decoded.problems == ("several pictures in one file: only the first picture is used",)
    assert difference(decoded.image, four_corners()) == 0


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has this size and holds almost nothing."""

    def chunk(kind: bytes, payload: bytes) -> bytes:
        check = zlib.crc32(kind + payload)
        return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def title_of(data: bytes, name: str = "") -> str:
    with pytest.raises(UserError) as caught:
        decode(data, name)
    error = caught.value
    assert error.explanation, "an error says why"
    assert error.next_step, "an error says what to do"
    return error.title


def test_every_kind_of_failure_has_its_own_words() -> None:
    titles = {
        "empty": title_of(b""),
        "none": title_of(b"Dear parents, " * 20),
        "cut": title_of(SAMPLES["JPEG"][: len(SAMPLES["JPEG"]) // 2]),
        "pixels": title_of(png_of(30000, 30000)),
        "unsupported": title_of(b"%PDF-1.7 and so on"),
        "bytes": title_of(bytes(decoding.MAX_BYTES + 1)),
        "damaged": title_of(damaged_png()),
    }
    assert len(set(titles.values())) == len(titles), titles


def damaged_png() -> bytes:
    """A PNG whole to its end, with nonsense for pixels."""
    data = bytearray(saved(noise(40, 40), "PNG"))
    at = data.index(b"IDAT") + 30
    data[at : at + 200] = bytes(200)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\x0a\xfa\x1f", "JPEG XL"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
        (b"%PDF-1.4", "PDF"),
        (b"\0\0\0\x18ftypmp42", "video"),
        (b"\0\0\0\x14ftypqt  ", "video"),
        (b"\x1a\x45\xdf\xa3matroska", "video"),
        (b"RIFF\0\0\0\0AVI LIST", "video"),
        (b"RIFF\0\0\0\0WAVEfmt ", "sound"),
        (b"\0\0\0\x18ftypM4A ", "sound"),
        (b"\0\0\0\x18ftypcrx ", "raw"),
        (b"FUJIFILMCCD-RAW", "raw"),
        (b"II*\0\x10\0\0\0CR\x02\0", "raw"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing"),
        (b"8BPS\0\1", "layered"),
        (b"PK\3\4word/document.xml", "office"),
        (b"\n<!DOCTYPE html><html>", "web page"),
    ],
)
def test_known_kinds_that_are_no_pictures_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(UserError, match="can't be used") as caught:
        decode(data)
    assert kind in caught.value.explanation


def test_a_cameras_raw_file_is_not_mistaken_for_its_preview() -> None:
    preview = saved(four_corners(), "TIFF", tiffinfo={254: 1})
    assert title_of(preview) == title_of(b"%PDF-1.4")
    assert title_of(saved(four_corners(), "TIFF", tiffinfo={50706: b"\1\4\0\0"})) == title_of(
        b"%PDF-1.4"
    )
    assert title_of(SAMPLES["TIFF"], "DSC_0042.NEF") == title_of(b"%PDF-1.4")
    assert decode(SAMPLES["JPEG"], "misnamed.nef").format == "JPEG"


@pytest.mark.parametrize("size", [(30000, 30000), (12000, 10100), (65000, 65000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    assert title_of(png_of(*size)) == "The picture has too many pixels."


def test_what_pillow_would_only_warn_of_is_read_silently() -> None:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        assert title_of(png_of(11900, 10000)) != "The picture has too many pixels."
    assert heard == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_cut_anywhere_never_crashes(kind: str) -> None:
    data = SAMPLES[kind]
    for end in range(0, len(data), 10):
        with suppress(UserError):
            decode(data[:end])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIC", "AVIF"])
def test_a_file_cut_in_half_is_called_cut_off(kind: str) -> None:
    files = {
        kind: saved(noise(80, 60), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
    }
    data = (files | {"HEIC": heic(noise(96, 64))})[kind]
    assert title_of(data[: len(data) // 2]) == "The picture file is cut off."


def test_an_iphone_picture_with_broken_items_does_not_end_the_program() -> None:
    """The HEIC library crashes the process when an item's type is no text."""
    data = heic(four_corners(), Image.Exif().tobytes())
    at = data.index(b"Exif")
    assert title_of(data[:at] + b"\xf8" + data[at + 1 :]) == "The picture file is damaged."


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_file_never_crashes(data: st.DataObject) -> None:
    file = bytearray(SAMPLES[data.draw(st.sampled_from(sorted(SAMPLES)))])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(file) - 1))
        file[at] = data.draw(st.integers(0, 255))
    try:
        image = decode(bytes(file)).image
    except UserError:
        return
    assert image.mode == "RGB"


@given(st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"II*\0"]),
       st.binary(max_size=300))  # fmt: skip
@settings(max_examples=150)
def test_nonsense_never_crashes(start: bytes, rest: bytes) -> None:
    with pytest.raises(UserError):
        decode(start + rest)


def test_broken_exif_does_not_spoil_the_picture() -> None:
    data = saved(four_corners(), exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(20))
    decoded = decode(data)
    assert difference(decoded.image, four_corners()) < 6


def test_a_picture_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "Ágnes photo.jpg"
    path.write_bytes(SAMPLES["JPEG"])
    assert read_picture(path) == SAMPLES["JPEG"]


def why(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_picture(path)
    assert caught.value.next_step
    return caught.value.explanation


def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked.jpg").write_bytes(b"x")
    assert why(tmp_path / "missing.jpg") == "There is no such file."
    assert why(tmp_path) == "It is a folder."
    monkeypatch.setattr(Path, "open", refuse)
    assert why(tmp_path / "locked.jpg") == "It is locked, or you may not read it."


def refuse(path: Path, mode: str) -> bytes:
    raise PermissionError(13, "Permission denied", str(path))


def test_errors_never_hold_the_files_name(tmp_path: Path) -> None:
    """A picture's name may be a child's."""
    with pytest.raises(UserError) as caught:
        read_picture(tmp_path / "Emma Smith.jpg")
    assert "Emma" not in str(caught.value)
    with pytest.raises(UserError) as caught:
        decode(b"no picture", "Emma Smith.jpg")
    assert "Emma" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert why(tmp_path / "pipe.jpg") == "It is no file with content."


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.truncate(decoding.MAX_BYTES + 1)
    with pytest.raises(UserError, match="too large"):
        read_picture(path)


def test_a_phones_second_picture_is_no_animation() -> None:
    """Portrait photos hold a depth map behind the picture (MPO)."""
    out = BytesIO()
    four_corners().save(out, "MPO", save_all=True, append_images=[noise(20, 20)])
    decoded = decode(out.getvalue())
    assert (decoded.format, decoded.frames, decoded.problems) == ("JPEG", 1, ())


def test_a_very_large_jpeg_is_taken_at_half_its_size() -> None:
    """A hundred megapixels as they stand would take a gigabyte; no face needs them."""
    stored = saved(four_corners(9600, 640), exif=exif_of({ORIENTATION: 6}))
    decoded = decode(stored)
    assert decoded.full_size == (640, 9600)
    assert decoded.image.size == (320, 4800)
    upright = four_corners(4800, 320).transpose(Image.Transpose.ROTATE_270)
    assert difference(decoded.image, upright) < 6
    assert decode(saved(four_corners(9000, 64))).image.size == (9000, 64)


def test_sixteen_bits_are_scaled_whatever_the_height() -> None:
    values = np.linspace(0, 65535, 300 * 7).reshape(300, 7).astype(np.uint16)
    grey = np.asarray(decode(saved(Image.fromarray(values), "PNG")).image)[:, :, 0]
    assert np.abs(grey.astype(float) - values / 257).max() <= 0.5
