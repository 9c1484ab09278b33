"""The main job step by step, then every page, then the first start."""

from __future__ import annotations

from PySide6.QtCore import Qt

from smassistant.demo import SAMPLE
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.findings import MendKind
from smassistant.services.following import DeliveryLine, list_deliveries
from ui.pages.compose import ComposePage
from ui.pages.page import Page
from ui.pages.posts import PostsPage
from ui.pages.published import PublishedPage
from ui.pages.queue import QueuePage
from ui.tour.hands import Hands
from ui.tour.lists import see_lists
from ui.tour.questions import answer_questions, ask_office
from ui.tour.registry import keep_registry
from ui.tour.rules import call_no_problem, keep_rules
from ui.widgets.incoming import IncomingPicture

AUTHOR, LEADER, OFFICE = "Helen Marchand", "Daniel Okoye", "Ruth Lindgren"
COORDINATOR, OFFICER = "James Whitford", "Simone Beaulieu"
TEXT = "Sofia Brandt and Teo O'Rourke led the singing at our concert!"
ALT_TEXT = "Six students in blue shirts sing in their classroom."
ADDRESS = "https://www.facebook.com/cottonwoodridge.example/posts/1024"


def walk_demo(hands: Hands) -> None:
    """A teacher writes, a leader approves, the post goes out, and all pages are seen."""
    hands.desk.begin()
    hands.wait(lambda: hands.desk.school is not None, "the made-up school")
    hands.picture("sign-in")
    hands.sign_in(AUTHOR)
    _write(hands)
    _account_for_faces(hands)
    _submit(hands)
    ask_office(hands)
    call_no_problem(hands)
    hands.lock()
    hands.picture("locked")
    hands.sign_in(LEADER)
    _approve(hands)
    _publish_by_hand(hands)
    _see_the_rest(hands)
    hands.lock()
    hands.sign_in(OFFICE)
    keep_registry(hands)
    see_lists(hands)
    hands.lock()
    hands.sign_in(COORDINATOR)
    answer_questions(hands)
    hands.lock()
    hands.sign_in(OFFICER)
    keep_rules(hands)


def _write(hands: Hands) -> None:
    """A draft names a child who may not be named; one click mends it."""
    page = hands.page("compose", ComposePage)
    hands.wait(lambda: page.writing is not None and page.desk.panel.findings, "findings")
    hands.picture("compose-findings")
    finding = page.desk.panel.findings[0]
    mend = next(mend for mend in finding.mends if mend.kind is MendKind.REPLACE)
    page.work.mend(finding, mend)
    hands.picture("compose-mended")
    page.start_new()
    hands.settle()
    hands.type(page.desk.editor, TEXT)
    school = hands.desk.school
    assert school is not None  # noqa: S101
    with school.context.store.read() as work:
        accounts = work.accounts.list()
    for account in accounts:
        hands.press(page.desk.places.button(account.id))
    hands.picture("compose-places")


def _account_for_faces(hands: Hands) -> None:
    """A photo is brought in; every face is said to be somebody, or blurred."""
    page = hands.page("compose", ComposePage)
    photo = SAMPLE / "photos" / "choir.jpg"
    page.desk.strip.pictures_arrived.emit((IncomingPicture(photo.name, photo),))
    writing = page.writing
    assert writing is not None  # noqa: S101
    hands.wait(lambda: writing.post.pictures, "the picture")
    hands.picture("compose-picture")
    picture = writing.post.pictures[0]
    page.open_faces(picture.id)
    hands.picture("photo-faces")
    hands.settle()
    photos = page.photos
    hands.press(photos.tools.whole_class)
    hands.settle()
    hands.picture("photo-class")
    hands.press(photos.side.classes.cancel)
    for name in ("Sofia Brandt", "Teo O'Rourke"):
        search = photos.answers.search.field
        hands.type(search, name)
        hands.settle()
        hands.key(search, Qt.Key.Key_Return)
        hands.settle()
    hands.picture("photo-named")
    hands.press(photos.blur_rest)
    hands.press(photos.looked)
    hands.picture("photo-blurred")
    hands.press(photos.bar.adjust)
    hands.picture("photo-adjust")
    hands.press(photos.adjust.view.panel.cancel)
    hands.press(photos.back)
    card = page.desk.strip.card(1)
    assert card is not None  # noqa: S101
    hands.type(card.alt_text, ALT_TEXT)
    hands.key(card.origin.choice, Qt.Key.Key_Down)  # "I took it"
    hands.picture("compose-ready")
    page.show_preview()
    hands.picture("preview")
    page.preview.done.emit()


def _submit(hands: Hands) -> None:
    page = hands.page("compose", ComposePage)
    hands.press(page.desk.submit_button)
    hands.wait(lambda: page.stack.currentWidget() is page.submitted, "the submission")
    hands.picture("submitted")
    hands.page("posts", PostsPage)
    hands.picture("my-posts")


def _approve(hands: Hands) -> None:
    """The leader reads the newest post and approves it; the program publishes it."""
    page = hands.page("queue", QueuePage)
    page.list.setCurrentRow(page.list.count() - 1)
    hands.wait(lambda: page.panel is not None, "the post")
    hands.picture("queue")
    panel = page.panel
    assert panel is not None  # noqa: S101
    post_id = panel.overview.post.id
    hands.press(page.bar.approve)
    hands.settle()
    hands.wait(lambda: _state(hands, post_id) is DeliveryState.PUBLISHED, "the publication")
    published = hands.page("published", PublishedPage)
    published.choose(_sent(hands, post_id).delivery.id)
    hands.picture("published")


def _publish_by_hand(hands: Hands) -> None:
    page = hands.page("published", PublishedPage)
    page.list.setCurrentRow(0)
    hands.settle()
    hands.wait(lambda: page.detail is not None, "the delivery")
    detail = page.detail
    assert detail is not None  # noqa: S101
    hands.press(detail.hand_over)
    hands.wait(lambda: page.panel is not None, "the steps")
    hands.picture("by-hand")
    panel = page.panel
    assert panel is not None  # noqa: S101
    hands.type(panel.address, ADDRESS)
    hands.press(panel.done)
    hands.picture("published-by-hand")


def _see_the_rest(hands: Hands) -> None:
    """Every other page of the leader's sidebar."""
    workspace = hands.desk.workspace
    assert workspace is not None  # noqa: S101
    for key in workspace.keys():  # noqa: SIM118 - a method of ours
        if key not in ("compose", "queue", "published", "posts", "registry", "rules"):
            hands.page(key, Page)
            hands.picture(key)


def _state(hands: Hands, post_id: str) -> DeliveryState:
    return _sent(hands, post_id).delivery.state


def _sent(hands: Hands, post_id: str) -> DeliveryLine:
    """The post's delivery to the account that a connector publishes to."""
    school, user = hands.desk.school, hands.desk.user
    assert school is not None  # noqa: S101
    assert user is not None  # noqa: S101
    lines = list_deliveries(school.context, user, post_id)
    return next(line for line in lines if line.account.connector == "bluesky")
