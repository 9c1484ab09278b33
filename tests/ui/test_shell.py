"""The window around the pages: signing in, banner, counts, choices, publisher, leaving."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from smassistant.domain.users import Role
from smassistant.errors import UserError
from smassistant.i18n import language
from smassistant.services.drafting import list_posts
from smassistant.services.keeping_users import save_user
from tests.ui.conftest import Seat
from ui import theme
from ui.dialogs.confirm import ConfirmDialog
from ui.garbage import Collector
from ui.memory import Memory
from ui.pages import ALL_PAGES
from ui.pages.page import Page
from ui.shell import publisher
from ui.shell.sign_in import SignInGate
from ui.shell.window import Window


def test_pages_are_those_a_persons_roles_allow(seat: Seat) -> None:
    school = seat.school
    for user in (school.author, school.records, school.leader):
        allowed = [page.key for page in ALL_PAGES if page.open_to(user)]
        seat.sign_in(user)
        assert list(seat.workspace.keys()) == allowed
        seat.workspace.go_to("nowhere")
        assert seat.workspace.key == allowed[0]
        seat.desk.lock()


def test_every_page_module_is_listed_in_the_sidebars_order() -> None:
    folder = Path(__file__).resolve().parents[2] / "ui" / "pages"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "page"}
    assert {page.key for page in ALL_PAGES} == files
    assert all(issubclass(page, Page) and page.icon for page in ALL_PAGES)


def test_signing_in_waits_for_the_school_to_open(seat: Seat) -> None:
    gate = seat.desk.entrance.gate
    assert isinstance(gate, SignInGate)
    school, seat.desk.school = seat.desk.school, None
    gate.name.entry.setText("ann")
    gate.password.entry.setText("a made-up password")
    seat.qtbot.keyClick(gate.password.entry, Qt.Key.Key_Return)
    assert seat.desk.workspace is None
    assert not gate.button.isEnabled()
    assert school is not None
    seat.desk.entrance.opened.emit(school)
    seat.wait(lambda: seat.desk.workspace)
    assert seat.desk.user == seat.school.author


def test_photos_that_nobody_uses_are_forgotten_when_the_school_opens(seat: Seat) -> None:
    context, school = seat.school.context, seat.desk.school
    with context.store.write() as work:
        work.photos.add("left over", b"pixels")
    seat.school.clock.pass_time(days=2)
    assert school is not None
    seat.desk.entrance.opened.emit(school)
    seat.settle()
    with context.store.read() as work:
        assert work.photos.get("left over") is None


def test_an_empty_sign_in_is_said_beside_the_field(seat: Seat) -> None:
    gate = seat.desk.entrance.gate
    assert isinstance(gate, SignInGate)
    gate.ask()
    assert gate.name.wrong
    assert gate.password.wrong
    assert gate.name.entry.hasFocus()


def test_a_banner_is_shown_spoken_acted_on_and_dismissed(seat: Seat) -> None:
    seat.sign_in(seat.school.author)
    shell, acted = seat.workspace, []
    shell.undo("The draft is discarded.", lambda: acted.append(1))
    assert shell.banner.isVisible()
    assert shell.banner.accessibleName() == "The draft is discarded."
    assert shell.banner.button.text() == "Undo"
    shell.banner.button.click()
    assert acted == [1]
    assert not shell.banner.isVisible()
    shell.show_banner("Somebody else changed this.", "Look again.", kind="warning")
    seat.qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert not shell.banner.isVisible()
    assert shell.banner.text == ""


def test_the_sidebar_counts_what_waits_without_the_page_being_open(seat: Seat) -> None:
    seat.sign_in(seat.school.leader)
    badge = seat.workspace.sidebar.button("queue").badge
    assert badge.isHidden()
    seat.school.submit(seat.school.write("A calm day."))
    seat.wait(lambda: badge.text() == "1" and not badge.isHidden())


@pytest.mark.parametrize("press", ["cancel", "verb"])
def test_a_question_names_its_verb_and_cancel_is_the_default(seat: Seat, press: str) -> None:
    seat.sign_in(seat.school.leader)
    dialog = ConfirmDialog("Remove it?", "It is gone then.", "Remove", seat.workspace)
    dialog.open()
    assert (dialog.cancel.text(), dialog.verb.text()) == ("Cancel", "Remove")
    assert dialog.cancel.isDefault()
    dialog.findChild(QPushButton)
    getattr(dialog, press).click()
    assert dialog.result() == (1 if press == "verb" else 0)


def test_another_language_keeps_the_person_and_the_page_and_saves_the_draft(seat: Seat) -> None:
    seat.sign_in(seat.school.author)
    page = seat.show("compose", new=True)
    seat.wait(lambda: page.writing is not None)  # type: ignore[attr-defined]
    seat.qtbot.keyClicks(page.desk.editor, "Pancakes")  # type: ignore[attr-defined]
    old = seat.workspace
    old.header.choices.language_chosen.emit("fr")
    seat.wait(lambda: seat.desk.workspace not in (None, old))
    seat.settle()
    assert language() == "fr"
    assert QLocale().language() is QLocale.Language.French
    assert seat.workspace.key == "compose"
    texts = [post.text for post in list_posts(seat.school.context, seat.school.author)]
    assert texts == ["Pancakes"]
    seat.desk.dressing.choose_language("en")
    seat.settle()


def test_the_choice_of_colours_is_remembered(seat: Seat, tmp_path: Path) -> None:
    seat.sign_in(seat.school.author)
    seat.workspace.header.choices.scheme_chosen.emit("dark")
    assert theme.colours() is theme.DARK
    assert Memory(tmp_path).get("scheme") == "dark"
    seat.workspace.header.choices.scheme_chosen.emit("light")
    assert theme.colours() is theme.LIGHT


def test_an_unknown_remembered_scheme_is_the_systems(seat: Seat) -> None:
    seat.desk.dressing.choose_scheme("purple")
    assert seat.desk.dressing.scheme is theme.Scheme.SYSTEM


def test_the_windows_size_is_remembered(qapp: QApplication, tmp_path: Path) -> None:
    window = Window(Memory(tmp_path))
    window.resize(1111, 700)
    window.close()
    again = Window(Memory(tmp_path))
    assert again.height() == 700  # the width is cut to the small screen that tests have
    assert again.minimumSize().toTuple() == (1024, 640)


def test_closing_the_window_saves_what_was_written_and_closes_the_store(seat: Seat) -> None:
    seat.sign_in(seat.school.author)
    page = seat.show("compose", new=True)
    seat.wait(lambda: page.writing is not None)  # type: ignore[attr-defined]
    seat.qtbot.keyClicks(page.desk.editor, "Pancakes")  # type: ignore[attr-defined]
    with seat.qtbot.waitSignal(seat.desk.left):
        seat.desk.window.close()
    texts = [post.text for post in list_posts(seat.school.context, seat.school.author)]
    assert texts == ["Pancakes"]
    seat.school.context.store.close()


def test_a_defect_in_a_slot_is_told_in_plain_words(seat: Seat) -> None:
    seat.sign_in(seat.school.author)
    seat.desk.tell_unexpected()
    assert "Something went wrong" in seat.workspace.banner.text
    seat.desk.lock()
    seat.desk.tell_unexpected()
    gate = seat.desk.entrance.gate
    assert isinstance(gate, SignInGate)
    assert "Something went wrong" in gate.notice.text


def test_a_page_that_cannot_be_saved_does_not_keep_the_others_open(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    seat.sign_in(seat.school.leader)
    page, trail = seat.show("staff"), seat.show("trail")

    def fail() -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(page, "close_down", fail)
    seat.desk.lock()
    gate = seat.desk.entrance.gate
    assert isinstance(gate, SignInGate)
    assert gate.notice.text
    assert trail.model.rowCount() == 0  # type: ignore[attr-defined]
    assert "UserError" in log.read_text()


# Publishing


def test_what_is_approved_goes_out_at_once_and_is_told(seat: Seat) -> None:
    seat.sign_in(seat.school.leader)
    post = seat.school.approved("A calm day.")
    seat.wait(lambda: seat.school.delivery(post).remote_id)
    seat.wait(lambda: "published" in seat.workspace.banner.text)


def test_what_is_due_later_goes_out_with_the_timer(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "EVERY", 20)
    desk = seat.desk
    assert desk.school is not None
    assert desk._changes is not None
    quick = publisher.Publisher(desk.school, desk.jobs, desk._changes, desk)
    quick.start()
    post = seat.school.approved("A calm day.")
    seat.wait(lambda: seat.school.delivery(post).remote_id)
    quick.stop()
    seat.settle()
    assert seat.school.network.sends == 1


def test_rounds_of_publishing_do_not_overlap(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = [0], [0]

    def slow(*_args: object) -> object:
        running[0] += 1
        most[0] = max(most[0], running[0])
        running[0] -= 1
        return None

    monkeypatch.setattr(publisher, "_publish", slow)
    seat.sign_in(seat.school.leader)
    assert seat.desk._publisher is not None
    for _n in range(5):
        seat.desk._publisher.publish()
    seat.settle()
    assert most == [1]


def test_the_roles_of_somebody_signed_in_are_read_at_the_next_sign_in(seat: Seat) -> None:
    from dataclasses import replace

    school = seat.school
    seat.sign_in(school.author)
    save_user(
        school.context, school.leader, replace(school.author, roles=frozenset({Role.RECORDS}))
    )
    seat.desk.lock()
    gate = seat.desk.entrance.gate
    assert isinstance(gate, SignInGate)
    gate.name.entry.setText("ann")
    gate.password.entry.setText("a made-up password")
    gate.ask()
    seat.wait(lambda: seat.desk.workspace)
    assert "compose" not in seat.workspace.keys()  # noqa: SIM118 - a method of ours


# Garbage


def test_garbage_is_collected_on_the_windows_thread_only(qapp: QApplication) -> None:
    collector = Collector(qapp)
    try:
        assert not gc.isenabled()
        loops = []
        for _n in range(2000):
            ring: list[object] = []
            ring.append(ring)
            loops.append(ring)
        loops.clear()
        before = gc.get_count()[0]
        collector.collect()
        assert gc.get_count()[0] < before
    finally:
        collector.stop()
        collector.deleteLater()
    assert gc.isenabled()
