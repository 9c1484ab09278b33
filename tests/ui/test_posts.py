"""The author's own posts, listed, gone on with and discarded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from smassistant.domain.posts import PostState
from smassistant.services.approving import refuse_post, return_post
from smassistant.services.delivering import publish_due
from tests.ui.writing_rig import Window, open_window
from ui.delegates.posts import LINES


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as made:
        yield made


def show(window: Window, **where: object) -> None:
    window.shell.go_to("posts", **where)
    window.until(window.session.jobs.idle)


def rows(window: Window) -> list[str]:
    items = [window.posts.list.item(row) for row in range(window.posts.list.count())]
    return ["\n".join((item.text(), *item.data(LINES))) for item in items]


def texts(window: Window) -> list[str]:
    return [post.text for post in window.drafts()]


def test_every_state_is_said_in_words(window: Window) -> None:
    school = window.school
    waiting = school.submit(school.write("Waiting words."))
    school.clock.pass_time(minutes=1)
    returned = school.submit(school.write("Returned words."))
    return_post(school.context, school.leader, returned.id, returned.version, "Add the hours.")
    school.clock.pass_time(minutes=1)
    refused = school.submit(school.write("Refused words."))
    refuse_post(school.context, school.leader, refused.id, refused.version, "Not for us.")
    school.clock.pass_time(minutes=1)
    school.write("Draft words.")
    show(window)
    listed = rows(window)
    assert [row.splitlines()[0] for row in listed] == [
        "Draft words.", "Refused words.", "Returned words.", "Waiting words.",
    ]  # fmt: skip
    for row, state in zip(
        listed, ("Draft", "Refused", "Returned to you", "Waiting for approval"), strict=True
    ):
        assert state in row
        assert "Bluesky" in row
    spoken = window.posts.list.item(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Returned to you: Returned words.. Bluesky. Changed ")
    assert waiting.id in {post.id for post in window.drafts()}


def test_a_returned_post_shows_the_comment_first(window: Window) -> None:
    school = window.school
    post = school.submit(school.write("The book fair is open."))
    return_post(school.context, school.leader, post.id, post.version, "Add the hours.")
    show(window)
    assert "Lee Example wrote, 14 September at" in window.everything_shown()
    assert "Add the hours." in window.everything_shown()
    window.posts.detail.go_on.click()
    window.until(lambda: window.compose.writing is not None)
    window.settle()
    assert window.post.id == post.id


def test_a_discarded_post_can_be_had_back(window: Window, qtbot: QtBot) -> None:
    window.school.write("Keep me")
    window.school.clock.pass_time(minutes=1)
    window.school.write("Throw me away")
    show(window)
    qtbot.keyClick(window.posts.list, Qt.Key.Key_Delete)
    window.until(lambda: texts(window) == ["Keep me"])
    window.until(lambda: len(rows(window)) == 1)
    assert window.shell.banner.text == "Post discarded."
    window.shell.banner.button.click()
    window.until(lambda: len(rows(window)) == 2)
    assert sorted(texts(window)) == ["Keep me", "Throw me away"]


def test_a_post_discarded_here_is_gone_from_the_desk(window: Window) -> None:
    window.start()
    window.type("Throw me away")
    window.settle()
    show(window)
    window.posts.discard(window.post.id)
    window.until(lambda: texts(window) == [])
    window.shell.go_to("compose")
    window.until(lambda: window.compose.writing is None)
    window.until(lambda: window.session.jobs.idle())
    assert window.compose.stack.currentWidget() is window.compose.empty
    assert window.compose.desk.editor.text() == ""


def test_a_waiting_post_cannot_be_discarded(window: Window, qtbot: QtBot) -> None:
    window.school.submit(window.school.write("Waiting words."))
    show(window)
    assert not window.posts.detail.discard.isVisible()
    qtbot.keyClick(window.posts.list, Qt.Key.Key_Delete)
    window.until(window.session.jobs.idle)
    assert len(rows(window)) == 1


def test_a_published_post_has_its_address(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    school = window.school
    post = school.approved("The book fair is open.")
    publish_due(school.context, school.reviewer)
    assert school.stored(post).state is PostState.PUBLISHED
    show(window)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    button = next(
        b for b in window.posts.detail.findChildren(QPushButton) if b.text() == "Open on Bluesky"
    )
    button.click()
    assert opened == [school.delivery(post).remote_url]
    assert not window.posts.detail.go_on.isVisible()


def test_the_list_follows_what_happens_elsewhere(window: Window) -> None:
    show(window)
    assert window.posts.stack.currentWidget() is window.posts.empty
    window.school.write("From the other computer")
    window.until(lambda: len(rows(window)) == 1)


def test_nothing_written_yet_says_what_to_do(window: Window) -> None:
    show(window)
    window.posts.write_button.click()
    window.until(lambda: window.compose.writing is not None)
    window.settle()
    assert window.shell.key == "compose"


def test_locking_leaves_no_words(window: Window) -> None:
    window.school.write("About somebody")
    show(window)
    assert "About somebody" in window.everything_shown()
    window.posts.close_down()
    assert "About somebody" not in window.everything_shown()
