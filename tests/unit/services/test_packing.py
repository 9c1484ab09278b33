"""What was approved goes out bit for bit: edited, blurred, and nothing of who was hidden."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.edits import size_after
from smassistant.domain.pictures import (
    Accounting,
    Box,
    Edit,
    Face,
    Origin,
    Picture,
    Reading,
    TakenBy,
    Writing,
)
from smassistant.domain.places import PLACES
from smassistant.domain.posts import Post
from smassistant.errors import UserError
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.services.delivering import publish_due
from smassistant.services.drafting import save_draft
from smassistant.services.handing_over import begin_by_hand
from smassistant.services.packing import export_picture, hidden_boxes
from tests.fakes.photos import ScriptedPhotoReader
from tests.unit.services.conftest import TESS, School

SHOWN = Face("f1", Box(0.6, 0.3, 0.2, 0.3), 0.9, Accounting.PERSON, TESS.id)
HIDDEN = Face("f2", Box(0.2, 0.3, 0.2, 0.3), 0.9, Accounting.BLURRED)
TAG = Writing("w1", Box(0.2, 0.7, 0.2, 0.05), "EMMA", blurred=True)
EDIT = Edit(turns=1, slant=2, crop=Box(0.05, 0.1, 0.9, 0.85), light=0.2)


def mosaic(width: int = 640, height: int = 480) -> bytes:
    """Blocks of chance colours, so that every piece of the picture is unlike every other."""
    blocks = np.random.default_rng(5).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
    out = BytesIO()
    Image.fromarray(blocks).resize((width, height), Image.Resampling.NEAREST).save(
        out, "JPEG", quality=92
    )
    return out.getvalue()


@pytest.fixture
def real(school: School) -> School:
    """The school with the program's own reader of pictures."""
    school.context = replace(school.context, photos=LocalPhotoReader())
    return school


def picture_in(school: School, **changes: object) -> Picture:
    data = mosaic()
    with school.context.store.write() as work:
        work.photos.add("photo", data)
    return replace(
        Picture(
            "p1", "photo", "race.jpg", 640, 480, hashlib.sha256(data).hexdigest(),
            "The finish of a race.", (SHOWN, HIDDEN), looked=True, writing=(TAG,),
            reading=Reading.THOROUGH, edit=EDIT, origin=Origin(TakenBy.OWN),
        ),
        **changes,  # type: ignore[arg-type]
    )  # fmt: skip


def approved(school: School) -> Post:
    return school.approved(
        "The race!", school.bluesky, school.facebook, pictures=(picture_in(school),)
    )


def test_the_bytes_that_were_approved_are_the_bytes_that_go_out(real: School) -> None:
    post = approved(real)
    wanted = export_picture(real.context, post.pictures[0], PLACES["bluesky"]).data
    publish_due(real.context, real.reviewer)
    (parcel,) = real.network.posts.values()
    (sent,) = parcel.pictures
    assert sent.data == wanted
    assert (sent.width, sent.height) == size_after(EDIT, 640, 480)
    row = real.delivery(post, real.facebook)
    ready = begin_by_hand(real.context, real.author, real.reviewer, row.id)
    (file,) = [path for path in ready.files if path.suffix == ".jpg"]
    assert (
        file.read_bytes() == export_picture(real.context, post.pictures[0], PLACES["facebook"]).data
    )
    assert real.delivery(post).state is DeliveryState.PUBLISHED


def test_a_change_of_the_edit_voids_the_approval(real: School) -> None:
    post = approved(real)
    darker = replace(post.pictures[0], edit=replace(EDIT, light=-0.5))
    saved = save_draft(real.context, real.author, replace(post, pictures=(darker,)))
    assert not saved.approved_hash
    publish_due(real.context, real.reviewer)
    assert not real.network.posts


def test_nothing_of_who_was_blurred_is_in_what_is_sent(real: School) -> None:
    """Each block of the mosaic was a colour of its own; where it was, a few are left."""
    picture = picture_in(real, edit=Edit())
    sent = export_picture(real.context, picture, PLACES["bluesky"])
    after = np.asarray(Image.open(BytesIO(sent.data)), float)
    before = np.asarray(Image.open(BytesIO(mosaic())), float)
    for box, hidden in ((HIDDEN.box, True), (TAG.box, True), (SHOWN.box, False)):
        rows = slice(round(box.y * 480), round((box.y + box.h) * 480))
        columns = slice(round(box.x * 640), round((box.x + box.w) * 640))
        there, was = after[rows, columns], before[rows, columns]
        alike = float(np.corrcoef(there.ravel(), was.ravel())[0, 1])
        assert (alike < 0.35) is hidden
        assert (float(np.abs(np.diff(there, axis=1)).mean()) < 2) is hidden


def test_the_database_keeps_one_working_copy_and_no_copy_of_what_is_sent(real: School) -> None:
    post = approved(real)
    publish_due(real.context, real.reviewer)
    (parcel,) = real.network.posts.values()
    with real.context.store.read() as work:
        kept = work.photos.get(post.pictures[0].photo_id)
        assert kept == mosaic()
        assert work.photos.get(post.pictures[0].id) is None
    database = (real.context.outbox.parent / "school.db").read_bytes()
    for data in (mosaic(), parcel.pictures[0].data):
        pieces = (data[at : at + 64] for at in range(600, len(data) - 64, 997))
        assert not any(piece in database for piece in pieces)


def test_a_stored_picture_that_was_changed_is_not_sent(real: School) -> None:
    picture = picture_in(real)
    with pytest.raises(UserError, match="not the one"):
        export_picture(real.context, replace(picture, digest="0" * 64), PLACES["bluesky"])


class Recording(ScriptedPhotoReader):
    """Remembers what it was asked to make."""

    asked: tuple[tuple[Box, ...], Edit] | None = None

    def export(
        self,
        working: bytes,
        blurred: Sequence[Box],
        max_edge: int,
        max_bytes: int,
        edit: Edit = Edit(),  # noqa: B008 (frozen)
    ) -> bytes:
        self.asked = (tuple(blurred), edit)
        return working


def test_what_is_blurred_and_what_is_edited_is_handed_on(school: School) -> None:
    reader = Recording()
    school.context = replace(school.context, photos=reader)
    export_picture(school.context, picture_in(school), PLACES["bluesky"])
    assert reader.asked == ((HIDDEN.box, TAG.box), EDIT)


def test_what_the_crop_cuts_away_needs_no_blur(school: School) -> None:
    right = Edit(crop=Box(0.5, 0, 0.5, 1))
    picture = picture_in(school, edit=right)
    assert hidden_boxes(picture) == ()
    a_part = Edit(crop=Box(0.35, 0, 0.65, 1))
    assert hidden_boxes(replace(picture, edit=a_part)) == (HIDDEN.box, TAG.box)
