"""Reading the writing in a post's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from smassistant.domain.pictures import Box, Clip, FoundWriting, Moment, Picture, Reading, Writing
from smassistant.errors import Cancelled, UserError
from smassistant.jobs import Task
from smassistant.services.drafting import add_picture
from smassistant.services.reading_pictures import (
    needs_reading,
    read_quickly,
    read_thoroughly,
    unread_pictures,
    with_writing,
)
from tests.fakes.photos import ScriptedPhotoReader
from tests.unit.connectors.conftest import jpeg
from tests.unit.services.conftest import School

TAG = FoundWriting(Box(0.1, 0.1, 0.2, 0.05), "EMMA", 0.9)
SIGN = FoundWriting(Box(0.6, 0.6, 0.2, 0.05), "Library", 0.8)


class Reader(ScriptedPhotoReader):
    """Finds the first of its writing with a quick look, all of it with a thorough one."""

    def read_writing(
        self, working: bytes, thorough: bool = False, task: Task | None = None
    ) -> tuple[FoundWriting, ...]:
        return self.writing if thorough else self.writing[:1]


class NoReader(ScriptedPhotoReader):
    """A computer that has no reader of writing."""

    def read_writing(
        self, working: bytes, thorough: bool = False, task: Task | None = None
    ) -> tuple[FoundWriting, ...]:
        raise UserError("The writing in pictures can't be read on this computer.")


def with_reader(school: School, reader: ScriptedPhotoReader) -> Picture:
    school.context = replace(school.context, photos=reader)
    return add_picture(school.context, school.author, jpeg(), "tag.jpg").picture


def texts(writing: Sequence[Writing]) -> list[str]:
    return [one.text for one in writing]


def test_the_thorough_look_keeps_what_was_known_of_a_place(school: School) -> None:
    picture = with_reader(school, Reader(writing=(TAG, SIGN)))
    quick = read_quickly(school.context, school.author, picture)
    assert (quick.reading, texts(quick.writing)) == (Reading.QUICK, ["EMMA"])
    blurred = replace(quick, writing=(replace(quick.writing[0], blurred=True),))
    thorough = read_thoroughly(school.context, school.author, blurred)
    assert (thorough.reading, texts(thorough.writing)) == (Reading.THOROUGH, ["EMMA", "Library"])
    assert thorough.writing[0].id == quick.writing[0].id
    assert [one.blurred for one in thorough.writing] == [True, False]
    assert not needs_reading(thorough)


def test_blurred_writing_that_is_not_found_again_stays_blurred(school: School) -> None:
    picture = with_reader(school, Reader(writing=()))
    known = Writing("w", TAG.box, "EMMA", blurred=True)
    lost = Writing("x", SIGN.box, "Library")
    read = read_thoroughly(school.context, school.author, replace(picture, writing=(known, lost)))
    assert read.writing == (known,)


def test_a_second_quick_look_costs_nothing(school: School) -> None:
    picture = with_reader(school, Reader(writing=(TAG,)))
    quick = read_quickly(school.context, school.author, picture)
    assert read_quickly(school.context, school.author, quick) is quick


def test_where_nothing_can_be_read_the_picture_says_so(school: School) -> None:
    picture = with_reader(school, NoReader())
    read = read_thoroughly(school.context, school.author, picture)
    assert (read.reading, read.writing) == (Reading.FAILED, ())
    assert needs_reading(read)


def test_who_cancels_gets_no_result(school: School) -> None:
    class Slow(ScriptedPhotoReader):
        def read_writing(
            self, working: bytes, thorough: bool = False, task: Task | None = None
        ) -> tuple[FoundWriting, ...]:
            assert task is not None
            task.check()
            return ()

    picture, task = with_reader(school, Slow()), Task()
    task.cancel()
    with pytest.raises(Cancelled):
        read_thoroughly(school.context, school.author, picture, task)


def test_a_picture_that_is_gone_is_no_failed_reading(school: School) -> None:
    picture = replace(with_reader(school, Reader()), photo_id="nowhere")
    with pytest.raises(UserError, match="This picture"):
        read_thoroughly(school.context, school.author, picture)


def test_the_stills_of_a_video_are_read_each_word_once(school: School) -> None:
    picture = with_reader(school, Reader(writing=(TAG, SIGN)))
    moments = (Moment(0.5, picture.photo_id), Moment(3.0, picture.photo_id))
    video = replace(picture, clip=Clip("v", 4, 10, 10, False, "d", moments))
    assert read_quickly(school.context, school.author, video) is video
    read = read_thoroughly(school.context, school.author, video)
    assert [(one.at, one.text) for one in read.writing] == [(0.5, "EMMA"), (0.5, "Library")]


def test_what_the_author_did_meanwhile_stands(school: School) -> None:
    picture = with_reader(school, Reader(writing=(TAG, SIGN)))
    before = replace(picture, writing=(Writing("a", TAG.box, "EMNA"), Writing("b", SIGN.box, "L")))
    read = read_thoroughly(school.context, school.author, before)
    now = replace(before, writing=(replace(before.writing[0], blurred=True),), alt_text="A tag.")
    after = with_writing(now, before, read)
    assert [(one.id, one.text, one.blurred) for one in after.writing] == [("a", "EMMA", True)]
    assert (after.alt_text, after.reading) == ("A tag.", Reading.THOROUGH)


def test_another_cut_of_a_video_is_not_given_the_old_words(school: School) -> None:
    picture = with_reader(school, Reader(writing=(TAG,)))
    old = replace(picture, clip=Clip("old", 4, 10, 10, False, "d", (Moment(0, picture.photo_id),)))
    read = read_thoroughly(school.context, school.author, old)
    cut = replace(old, clip=Clip("new", 2, 10, 10, False, "e"))
    assert with_writing(cut, old, read) is cut


def test_only_posts_in_hand_are_read(school: School) -> None:
    picture = with_reader(school, Reader())
    post = replace(school.write("A tag."), pictures=(picture,))
    assert unread_pictures(post) == (picture,)
