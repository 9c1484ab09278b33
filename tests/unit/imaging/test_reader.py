"""The photo reader: from a file to working copy, faces and metadata, and on to an export."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from smassistant.domain.pictures import Metadata
from smassistant.errors import Cancelled, UserError
from smassistant.imaging.faces import face_finder
from smassistant.imaging.metadata import leftovers
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.jobs import Task
from smassistant.ports import PhotoReader
from tests.unit.imaging.pictures import difference, four_corners, group, saved
from tests.unit.imaging.test_metadata import PLACE, exif_of

reader: PhotoReader = LocalPhotoReader()


def test_a_photo_is_read_whole() -> None:
    upright = group([(60, 100), (340, 100)], 220)
    stored = upright.rotate(90, expand=True)
    exif = exif_of({0x0112: 6, 0x013B: "Jo"}, gps=PLACE)
    read = reader.read(saved(stored, quality=95, exif=exif), "class.jpg")
    assert (read.width, read.height) == (640, 480)
    assert sum(one.sure for one in read.faces) == 2
    assert read.metadata == Metadata(location=True, creator="Jo")
    assert read.problems == ()
    assert leftovers(read.working) == ()
    assert difference(Image.open(BytesIO(read.working)), upright) < 4


def test_faces_are_looked_for_before_the_picture_is_made_small() -> None:
    places = [(700 * column + 400, 1500) for column in range(9)]
    read = reader.read(saved(group(places, 52, (7000, 3000)), quality=95))
    assert (read.width, read.height) == (2560, 1097)
    assert sum(one.sure for one in read.faces) >= 8


def test_a_working_copy_is_exported_with_its_faces_hidden() -> None:
    read = reader.read(saved(group([(60, 100), (340, 100)], 220)))
    data = reader.export(read.working, [one.box for one in read.faces], 400, 40_000)
    image = Image.open(BytesIO(data))
    assert max(image.size) == 400
    assert len(data) <= 40_000
    assert not [one for one in face_finder().find(image) if one.sure]


def test_an_animation_says_so() -> None:
    data = saved(four_corners(), "GIF", save_all=True, append_images=[four_corners().rotate(180)])
    assert reader.read(data).problems == ("animated: only the first picture is used",)


def test_reading_can_be_cancelled() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        reader.read(saved(four_corners()), task=task)


def test_nonsense_is_told() -> None:
    with pytest.raises(UserError):
        reader.read(b"nonsense", "x.jpg")
    with pytest.raises(UserError):
        reader.export(b"", [], 100, 1000)


def test_making_a_reader_loads_no_heavy_library() -> None:
    code = (
        "import sys; from smassistant.imaging.reader import LocalPhotoReader; LocalPhotoReader();"
        "print([name for name in ('cv2', 'PIL', 'numpy', 'pi_heif') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
