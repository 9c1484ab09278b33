"""`photo`: one line a file in the contract's shape, and a bad file never stops the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smassistant import cli
from smassistant.errors import UserError
from smassistant.imaging.apart import PhotoReaderApart
from tests.unit.imaging.heic import heic
from tests.unit.imaging.pictures import four_corners, group, saved, sign, with_one_lying
from tests.unit.imaging.test_metadata import PLACE, TAKEN, bag, exif_of, packet

Run = Callable[..., tuple[int, str, str]]


def no_window(args: object) -> int:
    raise AssertionError("a command opened the window")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*argv: object) -> tuple[int, str, str]:
        status = cli.main(["photo", *map(str, argv)], no_window, no_window)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return run


@pytest.fixture
def class_photo(tmp_path: Path) -> Path:
    path = tmp_path / "class Ágnes.jpg"
    exif = exif_of({0x0112: 6, 0x013B: "Jo", 0x8298: "School"}, gps=PLACE,
                   photo={TAKEN: "2026:05:01 12:03:04"})  # fmt: skip
    upright = group([(60, 100), (340, 100)], 220)
    stored = upright.rotate(90, expand=True)
    people = packet(bag("ext:PersonInImage", "Ada Okafor"))
    path.write_bytes(saved(stored, quality=95, exif=exif, xmp=people))
    return path


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_line_has_the_contracts_shape(run: Run, class_photo: Path) -> None:
    status, out, err = run("--json", class_photo)
    assert (status, err) == (0, "")
    (line,) = lines(out)
    assert list(line) == ["file", "width", "height", "faces", "words", "metadata", "problems"]
    assert line["file"] == str(class_photo)
    assert (line["width"], line["height"]) == (640, 480)
    assert line["words"] == line["problems"] == []
    assert line["metadata"] == {
        "location": True,
        "people": ["Ada Okafor"],
        "creator": "Jo",
        "copyright": "School",
        "taken": "2026-05-01T12:03:04",
    }
    assert len(line["faces"]) == 2
    for face in line["faces"]:
        assert list(face) == ["x", "y", "w", "h", "score"]
        assert 0.6 <= face["score"] <= 1
    left = min(line["faces"], key=lambda face: face["x"])
    assert left["x"] + left["w"] / 2 == pytest.approx(170 / 640, abs=0.03)
    assert left["y"] + left["h"] / 2 == pytest.approx(218 / 480, abs=0.04)


def test_a_file_that_cannot_be_read_does_not_stop_the_rest(
    run: Run, class_photo: Path, tmp_path: Path
) -> None:
    (tmp_path / "cut.jpg").write_bytes(class_photo.read_bytes()[:4000])
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "phone.heic").write_bytes(heic(four_corners()))
    names = ["missing.png", "cut.jpg", "letter.pdf", "phone.heic"]
    status, out, err = run("--json", *(tmp_path / name for name in names), class_photo)
    assert (status, err) == (0, "")
    read = lines(out)
    assert [Path(line["file"]).name for line in read] == [*names, class_photo.name]
    for line in read[:3]:
        assert list(line) == ["file", "error"]
    assert len({line["error"] for line in read[:3]}) == 3
    assert (read[3]["width"], read[3]["faces"]) == (96, [])
    assert len(read[4]["faces"]) == 2


def test_with_nothing_readable_the_command_fails(run: Run, tmp_path: Path) -> None:
    status, out, err = run("--json", tmp_path / "missing.jpg", tmp_path)
    assert status == 2
    assert len(lines(out)) == 2
    assert err == "None of the pictures could be read.\n"


def test_people_read_sentences(run: Run, class_photo: Path, tmp_path: Path) -> None:
    film = tmp_path / "film.gif"
    film.write_bytes(
        saved(four_corners(), "GIF", save_all=True, append_images=[four_corners().rotate(180)])
    )
    status, out, _err = run(class_photo, film, tmp_path / "missing.jpg")
    assert status == 0
    assert f"{class_photo}: 640 × 480, 2 faces\n" in out
    assert "  The file says where it was taken.\n" in out
    assert "  The file names people: Ada Okafor.\n" in out
    assert f"{film}: 96 × 64, 0 faces\n" in out
    assert "  Animated: only the first picture is used.\n" in out
    assert f"{tmp_path / 'missing.jpg'}: The picture can't be read." in out


def test_what_is_perhaps_a_face_is_listed_with_its_score(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "team.png"
    path.write_bytes(saved(with_one_lying(), "PNG"))
    (line,) = lines(run("--json", path)[1])
    scores = [face["score"] for face in line["faces"]]
    assert [score >= 0.7 for score in scores] == [True, True, True, False]
    assert line["faces"][3]["y"] > 0.5
    assert f"{path}: 640 × 480, 3 faces, perhaps 1 more\n" in run(path)[1]


def test_each_line_is_given_as_soon_as_it_is_ready(
    class_photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    from smassistant.imaging import files

    read, seen = files.read_picture, []

    def watched(path: Path) -> bytes:
        seen.append(capsys.readouterr().out)
        return read(path)

    monkeypatch.setattr(files, "read_picture", watched)
    cli.main(["photo", "--json", str(class_photo), str(class_photo)], no_window, no_window)
    assert seen[0] == ""
    assert lines(seen[1])[0]["file"] == str(class_photo)


def test_without_a_file_the_usage_is_told(run: Run) -> None:
    status, out, err = run("--json")
    assert (status, out) == (2, "")
    assert "FILE" in err


def test_writing_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tag.png"
    path.write_bytes(saved(sign("Hello my name is", "Omar Haddad"), "PNG"))
    (line,) = lines(run("--json", path)[1])
    first, second = line["words"]
    assert list(first) == ["text", "x", "y", "w", "h", "score"]
    assert second["text"].replace(" ", "") == "OmarHaddad"
    assert 0 < first["y"] < second["y"] < second["y"] + second["h"] <= 1
    assert 0.5 < second["score"] <= 1
    assert "Writing: Hello" in run(path)[1]


def test_where_writing_can_not_be_read_the_line_says_so(
    run: Run, class_photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise UserError("The writing in pictures can't be read.", "A file is missing.")

    monkeypatch.setattr(PhotoReaderApart, "read_writing", refuse)
    (line,) = lines(run("--json", class_photo)[1])
    assert line["words"] == []
    assert line["faces"]
    assert line["problems"] == ["The writing in pictures can't be read. A file is missing"]
