"""A video goes the whole way: brought in, accounted for, cut, blurred, approved, handed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from smassistant.domain.clips import blur_is_pending, files_of
from smassistant.domain.consents import Answer, Use
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.pictures import Accounting, Face, Origin, Picture, Reading, TakenBy
from smassistant.domain.posts import Post
from smassistant.errors import UserError
from smassistant.imaging.apart import PhotoReaderApart
from smassistant.services.delivering import publish_due
from smassistant.services.drafting import (
    add_picture,
    forget_unused_photos,
    read_file,
    read_photo,
    save_draft,
)
from smassistant.services.handing_over import begin_by_hand
from smassistant.services.keeping_clips import blur_clip, cut_clip, read_video
from tests.unit.imaging.films import COMMENT, PLACE, SENSOR, film, played, talkative, walk
from tests.unit.services.conftest import LOGAN, TESS, School, open_school

ORIGIN = Origin(TakenBy.OWN)


@pytest.fixture(scope="module")
def phone_film() -> bytes:
    return talkative(film(walk(), 30))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[School]:
    """The school with the program's own reader of pictures, in its process."""
    school = open_school(tmp_path)
    reader = PhotoReaderApart()
    school = replace(school, context=replace(school.context, photos=reader))
    school.decide(TESS, Answer.GRANTED)
    yield school
    reader.close()
    school.context.store.close()


def brought_in(town: School, data: bytes) -> Picture:
    added = add_picture(town.context, town.author, data, "IMG_0042.MOV")
    return replace(
        added.picture, alt_text="Children run across a field", origin=ORIGIN, looked=True,
        reading=Reading.THOROUGH,
    )  # fmt: skip


def answered(picture: Picture, *answers: Mapping[str, object]) -> Picture:
    """The picture with its faces answered in order, the last answer for all others."""
    faces: list[Face] = []
    for number, face in enumerate(picture.faces):
        given = answers[min(number, len(answers) - 1)]
        faces.append(replace(face, **given))  # type: ignore[arg-type]
    return replace(picture, faces=tuple(faces))


STUDENT = {"accounting": Accounting.PERSON, "person_id": TESS.id}
UNKNOWN = {"accounting": Accounting.NOT_IDENTIFIABLE, "reason": "painted"}
BLURRED = {"accounting": Accounting.BLURRED}


def codes(town: School, post: Post) -> set[str]:
    return {finding.code for finding in town.reviewer.review(post).findings}


def test_the_whole_way_by_hand(town: School, phone_film: bytes) -> None:
    picture = brought_in(town, phone_film)
    assert picture.clip is not None
    assert len(picture.faces) == 4
    post = town.write("Sports day", town.facebook, pictures=(picture,))
    assert "photo.face_unaccounted" in codes(town, post)
    with pytest.raises(UserError):
        town.submit(post)

    post = save_draft(
        town.context, town.author, replace(post, pictures=(answered(picture, STUDENT, UNKNOWN),))
    )
    approved = town.approve(town.submit(post))
    hand = begin_by_hand(
        town.context, town.leader, town.reviewer, town.delivery(approved, town.facebook).id
    )
    out = hand.folder / "1.mp4"
    assert out in hand.files
    data = out.read_bytes()
    for words in (PLACE, COMMENT, SENSOR):
        assert words in phone_film
        assert words not in data
    assert len(played(data)) == 30
    assert data == read_video(town.context, town.author, picture)
    assert "1.mp4\nChildren run across a field" in (hand.folder / "alt-text.txt").read_text()
    again = brought_in(town, phone_film)
    assert again.clip is not None
    assert again.clip.digest == picture.clip.digest


def test_the_whole_way_to_a_network(town: School, phone_film: bytes) -> None:
    picture = answered(brought_in(town, phone_film), UNKNOWN)
    post = town.approved("Sports day", pictures=(picture,))
    publish_due(town.context, town.reviewer)
    assert town.delivery(post).state is DeliveryState.PUBLISHED
    (parcel,) = town.network.posts.values()
    assert parcel.pictures[0].is_video
    assert parcel.pictures[0].data == read_video(town.context, town.author, picture)


def test_a_student_needs_permission_for_video(town: School, phone_film: bytes) -> None:
    town.decide(LOGAN, Answer.GRANTED, Use.PHOTO)
    picture = answered(brought_in(town, phone_film), {**STUDENT, "person_id": LOGAN.id}, UNKNOWN)
    post = town.write("Sports day", pictures=(picture,))
    assert "photo.not_permitted" in codes(town, post)
    town.decide(LOGAN, Answer.GRANTED, Use.VIDEO)
    assert "photo.not_permitted" not in codes(town, post)


def test_blurring_is_burnt_in_before_it_can_be_submitted(town: School, phone_film: bytes) -> None:
    before = answered(brought_in(town, phone_film), BLURRED, UNKNOWN)
    assert blur_is_pending(before)
    post = town.write("Sports day", town.facebook, pictures=(before,))
    assert "video.not_blurred" in codes(town, post)
    with pytest.raises(UserError):
        town.submit(post)

    changed = blur_clip(town.context, town.author, before)
    after = replace(changed.picture, reading=Reading.THOROUGH)
    assert not blur_is_pending(after)
    assert after.clip is not None
    assert before.clip is not None
    assert [face.id for face in after.faces] == [face.id for face in before.faces]
    times = {moment.at for moment in after.clip.moments}
    assert all(face.at in times for face in after.faces)
    assert after.clip.source_id == before.clip.video_id
    post = save_draft(town.context, town.author, replace(post, pictures=(after,)))
    assert "video.not_blurred" not in codes(town, post)
    town.approve(town.submit(post))

    # Nobody blurred any more: the video as it was, byte for byte.
    plain = blur_clip(town.context, town.author, answered(after, UNKNOWN)).picture
    assert plain.clip is not None
    assert plain.clip.digest == before.clip.digest
    assert plain.clip.video_id == before.clip.video_id


def test_a_cut_keeps_answers_and_drops_who_is_gone(town: School, phone_film: bytes) -> None:
    picture = answered(brought_in(town, phone_film), STUDENT, UNKNOWN)
    assert picture.clip is not None
    cut = cut_clip(town.context, town.author, picture, 0.9, 3, mute=True).picture
    assert cut.clip is not None
    assert cut.clip.seconds < picture.clip.seconds
    assert cut.reading is Reading.NONE
    assert cut.clip.video_id != picture.clip.video_id
    known = {face.id for face in picture.faces}
    assert any(face.id in known and face.accounting for face in cut.faces)


def test_what_a_video_uses_is_kept_and_the_rest_forgotten(town: School, phone_film: bytes) -> None:
    picture = brought_in(town, phone_film)
    other = brought_in(town, phone_film)
    town.write("Sports day", pictures=(picture,))
    town.clock.pass_time(days=2)
    gone = forget_unused_photos(town.context)
    assert gone == len(files_of([other]))
    assert picture.clip is not None
    for photo_id in files_of([picture]) - {picture.clip.video_id}:
        assert read_photo(town.context, town.author, photo_id)[:2] == b"\xff\xd8"
    assert read_video(town.context, town.author, picture)
    with pytest.raises(UserError, match="no longer there"):
        read_video(town.context, town.author, other)


def test_a_photo_named_like_a_video_and_other_mistakes(town: School, tmp_path: Path) -> None:
    for name, data, title in (
        ("notes.mp4", b"Dear parents", "This is not a video."),
        ("empty.mov", b"", "The video file is empty."),
    ):
        with pytest.raises(UserError, match=title):
            add_picture(town.context, town.author, data, name)
    with pytest.raises(UserError, match="can't be read"):
        read_file(tmp_path / "gone.mp4")


def test_a_changed_file_never_leaves(town: School, phone_film: bytes) -> None:
    picture = answered(brought_in(town, phone_film), UNKNOWN)
    assert picture.clip is not None
    forged = replace(picture, clip=replace(picture.clip, digest="0" * 64))
    post = town.approved("Sports day", town.facebook, pictures=(forged,))
    with pytest.raises(UserError, match="not the one that was approved"):
        begin_by_hand(
            town.context, town.leader, town.reviewer, town.delivery(post, town.facebook).id
        )
