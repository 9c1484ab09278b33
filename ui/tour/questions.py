"""A teacher asks the privacy office about a subject; the office answers."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.dialogs.question import QuestionDialog
from ui.pages.compose import ComposePage
from ui.pages.posts import PostsPage
from ui.pages.referrals import ReferralsPage
from ui.tour.hands import Hands

TEXT = "A family has filed a lawsuit about the playground. We will say more on Friday."
QUESTION = "The newspaper wrote about it. May we say that we know?"
ANSWER = "Say only that the playground is closed until Friday."


def ask_office(hands: Hands) -> None:
    """The author's post is held by a subject: the way on is a question."""
    page = hands.page("compose", ComposePage)
    page.start_new()
    hands.settle()
    hands.type(page.desk.editor, TEXT)
    hands.wait(lambda: page.desk.panel.findings, "the finding")
    hands.picture("compose-subject")
    page.questions.ask(page.desk.panel.findings[0])
    hands.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QuestionDialog)  # noqa: S101
    hands.type(dialog.question.entry, QUESTION)
    hands.picture("ask-office", dialog)
    hands.press(dialog.verb)
    hands.wait(lambda: page.stack.currentWidget() is page.submitted, "the question to be sent")
    posts = hands.page("posts", PostsPage)
    posts.list.setCurrentRow(0)
    hands.picture("my-question")


def answer_questions(hands: Hands) -> None:
    """The office reads the newest question with its draft and answers."""
    page = hands.page("referrals", ReferralsPage)
    page.list.setCurrentRow(page.list.count() - 1)
    hands.settle()
    hands.picture("questions")
    detail = page.detail
    assert detail is not None  # noqa: S101
    hands.type(detail.words.entry, ANSWER)
    hands.press(detail.no)
    hands.settle()
    page.kinds.setCurrentIndex(1)
    hands.settle()
    hands.picture("answered-questions")
