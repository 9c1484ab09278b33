"""`export`: publishable copies, whole or not at all, never over another file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from smassistant import cli
from smassistant.domain.places import PLACES
from smassistant.imaging.faces import face_finder
from smassistant.imaging.metadata import leftovers
from tests.unit.imaging.pictures import (
    difference,
    four_corners,
    group,
    noise,
    saved,
    with_one_lying,
)
from tests.unit.imaging.test_metadata import PLACE, exif_of

Run = Callable[..., tuple[int, str, str]]


def opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        image.load()
        return image


def no_window(args: object) -> int:
    raise AssertionError("a command opened the window")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*argv: object) -> tuple[int, str, str]:
        status = cli.main(["export", *map(str, argv)], no_window, no_window)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return run


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "class.png"
    exif = exif_of({0x0112: 6, 0x013B: "Jo"}, gps=PLACE)
    path.write_bytes(saved(group([(60, 100), (340, 100)], 220).rotate(90, expand=True), "PNG",
                           exif=exif))  # fmt: skip
    return path


def test_a_copy_is_upright_and_says_nothing(run: Run, photo: Path, tmp_path: Path) -> None:
    before = photo.read_bytes()
    folder = tmp_path / "new" / "copies"
    status, out, err = run(photo, "--to", folder)
    assert (status, out, err) == (0, f"{folder / 'class.jpg'}\n", "")
    data = (folder / "class.jpg").read_bytes()
    assert leftovers(data) == ()
    image = opened(folder / "class.jpg")
    assert image.format == "JPEG"
    assert difference(image, group([(60, 100), (340, 100)], 220)) < 4
    assert photo.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["class.jpg"]


def test_every_face_is_blurred(run: Run, photo: Path, tmp_path: Path) -> None:
    assert run(photo, "--to", tmp_path / "out", "--blur", "all")[0] == 0
    assert not [
        one for one in face_finder().find(opened(tmp_path / "out" / "class.jpg")) if one.sure
    ]
    assert run(photo, "--to", tmp_path / "out")[0] == 0
    assert len(face_finder().find(opened(tmp_path / "out" / "class-2.jpg"))) == 2


def test_what_is_perhaps_a_face_is_blurred_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "team.png"
    path.write_bytes(saved(with_one_lying(), "PNG"))
    assert run(path, "--to", tmp_path, "--blur", "all")[0] == 0
    copy = opened(tmp_path / "team.jpg")
    assert face_finder().find(copy) == ()
    lying = (260, 290, 290, 320)
    assert difference(copy.crop(lying), with_one_lying().crop(lying)) > 9


@pytest.mark.parametrize("key", ["bluesky", "instagram", "website"])
def test_a_copy_keeps_to_the_places_limits(run: Run, tmp_path: Path, key: str) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(saved(noise(3000, 2000), "PNG"))
    assert run(path, "--to", tmp_path / "out", "--place", key)[0] == 0
    copy = tmp_path / "out" / "large.jpg"
    assert copy.stat().st_size <= PLACES[key].max_picture_bytes
    assert max(opened(copy).size) <= PLACES[key].max_picture_edge


def test_an_unknown_place_names_the_known_ones(run: Run, photo: Path, tmp_path: Path) -> None:
    status, out, err = run(photo, "--to", tmp_path / "out", "--place", "myspace")
    assert (status, out) == (2, "")
    assert all(key in err for key in PLACES)
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_nothing_is_ever_overwritten(run: Run, photo: Path, tmp_path: Path) -> None:
    """Two sources of one name, a copy of an earlier day, and a source in the same folder."""
    twin = tmp_path / "class.jpg"
    twin.write_bytes(saved(four_corners()))
    source = twin.read_bytes()
    for _ in range(2):
        assert run(photo, twin, "--to", tmp_path)[0] == 0
    names = {path.name for path in tmp_path.glob("*.jpg")}
    assert names == {"class.jpg", "class-2.jpg", "class-3.jpg", "class-4.jpg", "class-5.jpg"}
    assert twin.read_bytes() == source


def test_a_bad_file_is_told_and_the_rest_is_written(run: Run, photo: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(photo.read_bytes()[:500])
    status, out, err = run(tmp_path / "broken.jpg", tmp_path / "missing.jpg", photo,
                           "--to", tmp_path / "out")  # fmt: skip
    assert status == 2
    assert out == f"{tmp_path / 'out' / 'class.jpg'}\n"
    assert [line.split(": ")[0] for line in err.splitlines()] == [
        str(tmp_path / "broken.jpg"),
        str(tmp_path / "missing.jpg"),
    ]


def test_a_full_disk_leaves_nothing_behind(
    run: Run, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, out, err = run(photo, "--to", tmp_path / "out")
    assert (status, out) == (2, "")
    assert "No space left on device" in err
    assert list((tmp_path / "out").iterdir()) == []


def test_an_interrupted_write_leaves_nothing_behind(
    run: Run, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    assert run(photo, "--to", tmp_path / "out")[0] == 130
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_may_not_be_written_is_told(
    run: Run, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, mode: int = 0, exist_ok: bool = True) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "touch", refused)
    status, _out, err = run(photo, "--to", tmp_path / "out")
    assert status == 2
    assert "The copies can't be written. Permission denied." in err


def test_a_file_in_the_place_of_the_folder_is_told(run: Run, photo: Path, tmp_path: Path) -> None:
    for target in (photo, photo / "below"):
        status, out, err = run(photo, "--to", target)
        assert (status, out) == (2, "")
        assert "can't be written" in err


def test_a_name_that_is_too_long_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / ("n" * 254)
    path.write_bytes(saved(four_corners()))
    status, _out, err = run(path, "--to", tmp_path / "out")
    assert status == 2
    assert "can't be written" in err
