"""From an empty folder to a published post, in the real window and on a real Bluesky server."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import requests
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from smassistant.demo import SAMPLE
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.findings import MendKind, Severity
from smassistant.domain.places import PLACES
from smassistant.domain.posts import PostState
from smassistant.domain.users import Role
from smassistant.services.following import list_deliveries
from smassistant.services.packing import export_picture
from tests.journeys.homes import (
    AUTHOR,
    AUTHOR_NAME,
    FACEBOOK_PAGE,
    LEADER,
    LEADER_NAME,
    PASSPHRASE,
    PASSWORD,
    ROSTER,
    SCHOOL,
)
from tests.journeys.program import Program
from tests.journeys.readers import Reader
from tests.journeys.steps import banner, dialog, gate, gone, lock, open_school, sign_in, words
from tests.servers.bluesky import Bluesky
from tests.ui.writing_rig import drop, mime
from ui.dialogs.account import AccountDialog
from ui.dialogs.staff import UserDialog
from ui.models.trail import LINE
from ui.models.writing import Writing
from ui.pages.accounts import AccountsPage
from ui.pages.compose import ComposePage
from ui.pages.page import Page
from ui.pages.published import PublishedPage
from ui.pages.queue import QueuePage
from ui.pages.staff import StaffPage
from ui.pages.trail import TrailPage
from ui.shell.wizard.gate import WizardGate
from ui.shell.wizard.keys import KeyStep, RecoveryStep
from ui.shell.wizard.people import DoneStep, LeaderStep, RosterStep
from ui.tour.hands import Hands
from ui.widgets.crop_frame import Handle
from ui.widgets.photo_editor import PhotoEditor

TYPED = "Logan Vantongeren cheered for Tessaly Brightwater at our track meet!"
ALT_TEXT = "Four students in bright shirts smile on the sports field."
ADDRESS = f"{FACEBOOK_PAGE}/posts/1024"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """The school's export."""
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo as a phone makes it: with place, time and owner in it."""
    path = tmp_path / "IMG_20260914.jpg"
    data = (SAMPLE / "photos" / "track_meet.jpg").read_bytes()
    exif = Image.Exif()
    exif[0x013B] = "Parent Photographer"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 2.0, 42.5), 3: "W", 4: (114.0, 3.0, 26.0)})
    segment = exif.tobytes()
    length = (len(segment) + 2).to_bytes(2, "big")
    path.write_bytes(data[:2] + b"\xff\xe1" + length + segment + data[2:])
    with Image.open(path) as made:
        assert made.getexif().get_ifd(0x8825), "the photo says where it was taken"
    return path


def test_first_start_to_published(
    program: Program, bluesky: Bluesky, roster: Path, photo: Path
) -> None:
    def first_day(hands: Hands) -> None:
        set_up(hands, roster)
        add_author(hands)
        connect_accounts(hands, bluesky)
        lock(hands)
        sign_in(hands, AUTHOR)
        text = write(hands)
        add_photo(hands, photo)
        submit(hands)
        lock(hands)
        sign_in(hands, LEADER)
        approve(hands)
        check_published(hands, bluesky, text)
        publish_by_hand(hands, text)
        check_trail(hands)

    def next_day(hands: Hands) -> None:
        open_school(hands)
        sign_in(hands, LEADER)
        page = hands.page("published", PublishedPage)
        assert page.list.count() == 2
        assert {states(hands)[key] for key in ("bluesky", "by_hand")} == {DeliveryState.PUBLISHED}
        assert hands.page("queue", QueuePage).list.count() == 0
        lock(hands)
        sign_in(hands, AUTHOR)
        assert hands.desk.workspace is not None
        assert "queue" not in hands.desk.workspace.keys()  # noqa: SIM118 - a method of ours

    program.run(first_day)
    program.run(next_day)
    (post,) = Reader(bluesky).posts("cheered for Tessaly Brightwater")
    assert post["value"]["text"].startswith("A student cheered")


# --- the first start ------------------------------------------------------------------------------


def set_up(hands: Hands, roster: Path) -> None:
    """Through the wizard by keyboard, with a passphrase, for this computer has no keyring."""
    wizard = gate(hands, WizardGate)
    hands.key(wizard, Qt.Key.Key_Return)
    hands.press(wizard.next)
    hands.type(focus(), SCHOOL)
    hands.key(focus(), Qt.Key.Key_Return)
    step = reached(hands, wizard, KeyStep)
    hands.wait(lambda: step.seal.isChecked(), "the word that there is no keyring")
    hands.type(step.passphrase.entry, PASSPHRASE)
    hands.type(step.again.entry, PASSPHRASE)
    hands.key(step.again.entry, Qt.Key.Key_Return)
    keep = reached(hands, wizard, RecoveryStep)
    hands.type(keep.last_group.entry, keep.key.text().split("-")[-1].split()[-1])
    hands.key(keep.last_group.entry, Qt.Key.Key_Return)
    leader = reached(hands, wizard, LeaderStep)
    hands.type(leader.name.entry, LEADER_NAME)
    hands.type(leader.sign_in.entry, LEADER)
    hands.type(leader.password.first.entry, PASSWORD)
    hands.type(leader.password.second.entry, PASSWORD)
    hands.key(leader.password.second.entry, Qt.Key.Key_Return)
    people = reached(hands, wizard, RosterStep)
    assert people.picker is not None
    drop(people.picker.drop, mime(files=(roster,)))
    hands.wait(lambda: wizard.setup.preview, "the roster")
    hands.press(wizard.next)
    done = reached(hands, wizard, DoneStep)
    assert "2 people are in the registry" in words(done)
    hands.press(wizard.next)
    hands.wait(lambda: hands.desk.workspace is not None, "the leader's window")
    hands.settle()


def reached(hands: Hands, wizard: WizardGate, kind: type) -> object:
    """The step of that kind, once it is shown."""
    hands.wait(lambda: isinstance(wizard.step, kind), kind.__name__)
    return wizard.step


def focus() -> object:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def add_author(hands: Hands) -> None:
    page = hands.page("staff", StaffPage)
    hands.press(page.add)
    form = dialog(hands, UserDialog)
    assert form.name.entry.hasFocus()
    hands.type(form.name.entry, AUTHOR_NAME)
    hands.type(form.sign_in.entry, AUTHOR)
    form.roles[Role.AUTHOR].setFocus()
    hands.key(form.roles[Role.AUTHOR], Qt.Key.Key_Space)
    hands.type(form.password.first.entry, PASSWORD)
    hands.type(form.password.second.entry, PASSWORD)
    hands.key(form.password.second.entry, Qt.Key.Key_Return)
    gone(hands, form)
    assert AUTHOR_NAME in banner(hands)


def connect_accounts(hands: Hands, server: Bluesky) -> None:
    """The real server's account after a wrong app password, and a page posted to by hand."""
    page, known = hands.page("accounts", AccountsPage), server.accounts[0]
    hands.press(page.add)
    form = dialog(hands, AccountDialog)
    form.service.entry.selectAll()
    hands.type(form.service.entry, server.url)
    hands.type(form.handle.entry, f"@{known.handle}")
    hands.type(form.secret.entry, "not-the-right-one1")
    hands.press(form.verb)
    hands.wait(lambda: form.notice.isVisible(), "the platform's refusal")
    form.secret.entry.selectAll()
    hands.type(form.secret.entry, known.app_password)
    hands.press(form.verb)
    gone(hands, form)
    hands.press(page.add)
    form = dialog(hands, AccountDialog)
    form.place.entry.setCurrentIndex(form.place.entry.findData("facebook"))
    hands.type(form.address.entry, FACEBOOK_PAGE)
    hands.press(form.verb)
    gone(hands, form)
    assert len(page.list.rows) == 2


# --- the author -----------------------------------------------------------------------------------


def write(hands: Hands) -> str:
    """Type a post that names a refused child, see it underlined, apply the mend."""
    page = hands.page("compose", ComposePage)
    hands.press(page.empty.button)
    hands.wait(lambda: page.writing is not None, "an empty post")
    desk = page.desk
    for account in accounts(hands):
        hands.press(desk.places.button(account))
    hands.type(desk.editor, TYPED)
    hands.wait(lambda: "4.1" in words(desk.panel), "the finding and its clause")
    finding = desk.panel.findings[0]
    assert (finding.code, finding.clause, finding.surface) == (
        "name.not_permitted", "4.1", "Logan Vantongeren",
    )  # fmt: skip
    assert underlined(page) == "Logan Vantongeren"
    assert not QApplication.clipboard().text()
    hands.key(desk.editor, Qt.Key.Key_F8)
    replacing = next(mend for mend in finding.mends if mend.kind is MendKind.REPLACE)
    hands.press(hands.button(replacing.label, desk.panel))
    hands.wait(lambda: not desk.panel.findings, "the finding to go")
    assert "Logan" not in desk.editor.text()
    assert underlined(page) == ""
    return desk.editor.text()


def accounts(hands: Hands) -> list[str]:
    """The ids of the connected accounts."""
    assert hands.desk.school is not None
    with hands.desk.school.context.store.read() as work:
        return [account.id for account in work.accounts.list()]


def underlined(page: ComposePage) -> str:
    """The words that are marked in the text."""
    document = page.desk.editor.document()
    layout = document.firstBlock().layout()
    marked = [
        document.firstBlock().text()[part.start : part.start + part.length]
        for part in layout.formats()
        if part.format.underlineStyle() != part.format.underlineStyle().NoUnderline
    ]
    return " ".join(marked)


def add_photo(hands: Hands, photo: Path) -> None:
    """Drop a photo in, say by keyboard who is in it, blur the rest, describe it."""
    page = hands.page("compose", ComposePage)
    drop(page.desk.strip, mime(files=(photo,)))
    writing = page.writing
    assert writing is not None
    hands.wait(lambda: writing.post.pictures, "the picture")
    hands.settle()
    card = page.desk.strip.card(1)
    assert card is not None
    card.faces_button.setFocus()
    hands.key(card.faces_button, Qt.Key.Key_Space)
    hands.settle()
    photos = page.photos
    faces = len(writing.post.pictures[0].faces)
    assert faces == 4
    search = photos.answers.search
    hands.type(search.field, "tessaly")
    hands.wait(lambda: search.list.count() == 1, "the child's name")
    hands.key(search.field, Qt.Key.Key_Return)
    for done in range(1, faces):
        hands.wait(lambda done=done: accounted(writing) == done, f"face {done}")
        hands.key(search.field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    hands.wait(lambda: accounted(writing) == faces, "the last face")
    assert photos.looked.hasFocus()
    hands.key(photos.looked, Qt.Key.Key_Space)
    cut_grass_away(hands, photos)
    assert writing.post.pictures[0].looked, "less is to be seen, so the word still holds"
    hands.key(photos.list, Qt.Key.Key_Escape)
    hands.wait(card.faces_button.hasFocus, "the desk")
    hands.type(card.alt_text, ALT_TEXT)
    hands.key(card.origin.choice, Qt.Key.Key_Down)  # "I took it"
    hands.settle()


def cut_grass_away(hands: Hands, photos: PhotoEditor) -> None:
    """Pull the lower edge of the crop up by a tenth, by keyboard alone."""
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    hands.key(photos.looked, Qt.Key.Key_A, control | shift)
    hands.wait(lambda: photos.adjust.shown, "the picture to adjust")
    canvas = photos.adjust.view.canvas
    while canvas.handle is not Handle.BOTTOM:
        hands.key(canvas, Qt.Key.Key_Tab)
    for _step in range(10):
        hands.key(canvas, Qt.Key.Key_Up)
    hands.key(canvas, Qt.Key.Key_Return)
    hands.wait(lambda: photos.list.hasFocus(), "the faces")
    assert photos.picture is not None
    crop = photos.picture.edit.crop
    assert crop is not None
    assert (crop.x, crop.y, crop.w, round(crop.h, 2)) == (0, 0, 1, 0.9)


def exported(hands: Hands, place: str) -> bytes:
    """The file that the approved picture gives for a place, made anew."""
    assert hands.desk.school is not None
    context = hands.desk.school.context
    with context.store.read() as work:
        (post,) = work.posts.list(PostState)
    return export_picture(context, post.pictures[0], PLACES[place]).data


def accounted(writing: Writing) -> int:
    """How many faces of the picture somebody has spoken for."""
    return sum(face.accounting is not None for face in writing.post.pictures[0].faces)


def submit(hands: Hands) -> None:
    page = hands.page("compose", ComposePage)
    found = [(finding.code, finding.severity) for finding in page.desk.panel.findings]
    assert found == [("photo.metadata", Severity.ADVICE)]
    page.desk.editor.setFocus()
    hands.key(page.desk.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.wait(lambda: page.stack.currentWidget() is page.submitted, "the submission")


# --- the leader -----------------------------------------------------------------------------------


def approve(hands: Hands) -> None:
    """Read the post and press Approve with the space bar."""
    page = hands.page("queue", QueuePage)
    hands.wait(lambda: page.panel is not None, "the post")
    hands.settle()
    page.bar.approve.setFocus()
    hands.key(page.bar.approve, Qt.Key.Key_Space)
    hands.wait(lambda: page.list.count() == 0, "the empty queue")
    done = DeliveryState.PUBLISHED
    hands.wait(lambda: states(hands)["bluesky"] is done, "the publication")


def states(hands: Hands) -> dict[str, DeliveryState]:
    """Where the post's deliveries stand, by connector."""
    school, user = hands.desk.school, hands.desk.user
    assert school is not None
    assert user is not None
    lines = list_deliveries(school.context, user)
    return {line.account.connector: line.delivery.state for line in lines}


def check_published(hands: Hands, server: Bluesky, text: str) -> None:
    """One post with text, picture and alt text, as a stranger reads it; its link in the window."""
    reader = Reader(server)
    (post,) = reader.posts(text)
    (image,) = post["value"]["embed"]["images"]
    assert image["alt"] == ALT_TEXT
    data = reader.picture(post)
    assert b"Exif" not in data
    assert b"Photographer" not in data
    assert data == exported(hands, "bluesky")
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()
        assert min(picture.size) > 300
    page = hands.page("published", PublishedPage)
    choose(hands, page, "bluesky")
    link = next(line for line in words(page).splitlines() if line.startswith("http"))
    assert requests.get(link, timeout=10).json()["value"]["text"] == text


def choose(hands: Hands, page: PublishedPage, connector: str) -> None:
    """Go through the list with the arrow keys until the account's delivery is shown."""
    page.list.setFocus()
    hands.key(page.list, Qt.Key.Key_Home)
    for _row in range(page.list.count()):
        hands.settle()
        assert page.detail is not None
        if page.detail.line.account.connector == connector:
            return
        hands.key(page.list, Qt.Key.Key_Down)
    raise AssertionError(f"no delivery by {connector}")


def publish_by_hand(hands: Hands, text: str) -> None:
    """Ready pictures in a folder, the text on the clipboard, the pasted address kept."""
    page = hands.page("published", PublishedPage)
    choose(hands, page, "by_hand")
    assert page.detail is not None
    page.detail.hand_over.setFocus()
    hands.key(page.detail.hand_over, Qt.Key.Key_Space)
    hands.wait(lambda: page.panel is not None, "the steps")
    assert QApplication.clipboard().text() == text
    panel = page.panel
    assert panel is not None
    assert panel.ready is not None
    with Image.open(panel.ready.folder / "1.jpg") as picture:
        assert not picture.getexif()
    assert (panel.ready.folder / "1.jpg").read_bytes() == exported(hands, "facebook")
    assert ALT_TEXT in (panel.ready.folder / "alt-text.txt").read_text(encoding="utf-8")
    assert panel.address.hasFocus()
    hands.type(panel.address, "not an address")
    hands.key(panel.address, Qt.Key.Key_Return)
    hands.wait(lambda: banner(hands), "the word about the address")
    assert states(hands)["by_hand"] is DeliveryState.SENDING
    panel.address.selectAll()
    hands.type(panel.address, ADDRESS)
    hands.key(panel.address, Qt.Key.Key_Return)
    hands.wait(lambda: states(hands)["by_hand"] is DeliveryState.PUBLISHED, "the record of it")
    hands.settle()
    assert ADDRESS in words(page)
    assert not panel.ready.folder.exists(), "no child's picture stays behind"


def check_trail(hands: Hands) -> None:
    """Every step of the post in its order."""
    page = hands.page("trail", TrailPage)
    rows = range(page.model.rowCount())
    lines = [page.model.data(page.model.index(row, 0), LINE) for row in reversed(rows)]
    actions = [line.entry.action for line in lines]
    steps = [
        "school.set_up", "roster.imported", "user.added", "account.connected", "post.started",
        "post.submitted", "post.approved", "delivery.armed", "delivery.published",
        "delivery.published",
    ]  # fmt: skip
    found = iter(actions)
    assert all(step in found for step in steps), actions
    hands.press(page.verify)
    hands.wait(lambda: page.notice.isVisible(), "the proof")
    assert "whole" in words(page.notice)


def test_made_up_school_opens_and_closes(program: Program) -> None:
    """`--demo`: sign in by a card, see every page, close the window."""

    def look_around(hands: Hands) -> None:
        hands.wait(lambda: hands.desk.school is not None, "the made-up school")
        hands.sign_in("Daniel Okoye")
        page = hands.page("queue", QueuePage)
        assert page.list.count() == 1
        assert hands.desk.workspace is not None
        for key in hands.desk.workspace.keys():  # noqa: SIM118 - a method of ours
            hands.page(key, Page)

    program.run(look_around, "--demo")
