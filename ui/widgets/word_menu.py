"""What can be done about words of a post: mends of findings, suggestions for misspelt ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QWidgetAction

from smassistant.domain.findings import Finding, Mend, MendKind
from smassistant.i18n import _
from ui.shortcuts import Shortcuts
from ui.widgets.slips import Slip
from ui.widgets.words import clause_words, severity_word

if TYPE_CHECKING:
    from ui.widgets.post_editor import PostEditor


MENU_WIDTH = 360


def fill_menu(menu: QMenu, editor: PostEditor, position: int) -> None:
    """Put what can be done about the words at `position` above the usual actions of `menu`."""
    first = menu.actions()[0] if menu.actions() else None
    findings = editor.findings_at(position)
    slip = None if editor.isReadOnly() else editor.slip_at(position)
    actions: list[QAction] = []
    for finding in findings:
        actions += _finding_actions(menu, editor, finding)
    if slip is not None:
        actions += _slip_actions(menu, editor, slip)
    menu.insertActions(first, actions)  # type: ignore[arg-type]
    if editor.slips is not None:
        menu.addSeparator()
        menu.addAction(_switch(menu, editor))


def tooltip(findings: Iterable[Finding], slip: Slip | None = None) -> str:
    """What is wrong with some words, for the tooltip; empty where nothing is."""
    parts = [
        f"<b>{escape(severity_word(finding.severity))}</b><br>{escape(finding.message)}"
        f"<br><i>{escape(clause_words(finding.clause))}</i>"
        for finding in findings
    ]
    if slip is not None:
        parts.append(f"<b>{escape(_unknown_words(slip))}</b>")
    if not parts:
        return ""
    hint = _("{keys} shows what can be done").format(keys=Shortcuts.MENDS.shown)
    return "<hr>".join(parts) + f"<p>{escape(hint)}</p>"


# --- findings -----------------------------------------------------------------------------------


def _finding_actions(menu: QMenu, editor: PostEditor, finding: Finding) -> list[QAction]:
    """What is wrong, each mend, the way to the list."""
    clause = clause_words(finding.clause)
    words = f"{severity_word(finding.severity)}: {finding.message}"
    actions = [_said_at_length(menu, f"{words} ({clause})" if clause else words)]
    if not editor.isReadOnly():
        people = [mend for mend in finding.mends if mend.kind is MendKind.CHOOSE_PERSON]
        others = [mend for mend in finding.mends if mend.kind is not MendKind.CHOOSE_PERSON]
        actions += [_mend_action(menu, editor, finding, mend) for mend in others]
        if people:
            actions.append(_who_is_meant(menu, editor, finding, people))
        shown = QAction(_("Show in the list"), menu)
        shown.triggered.connect(lambda: editor.finding_chosen.emit(finding))
        actions.append(shown)
    return [*actions, _rule(menu)]


def _mend_action(menu: QMenu, editor: PostEditor, finding: Finding, mend: Mend) -> QAction:
    action = QAction(_plain(mend.label), menu)
    action.triggered.connect(lambda: editor.mend_chosen.emit(finding, mend))
    return action


def _who_is_meant(
    menu: QMenu, editor: PostEditor, finding: Finding, people: Sequence[Mend]
) -> QAction:
    choices = QMenu(_("Who is meant?"), menu)
    for mend in people:
        choices.addAction(_mend_action(choices, editor, finding, mend))
    return choices.menuAction()


# --- spelling -----------------------------------------------------------------------------------


def _slip_actions(menu: QMenu, editor: PostEditor, slip: Slip) -> list[QAction]:
    """The suggestions as soon as they are here, then the ways to call the word right."""
    if editor.slips is None:
        return []
    spelling = editor.slips.spelling
    said = _said(menu, _unknown_words(slip))
    looking = _said(menu, _("Looking for suggestions…"))
    teach = QAction(_("Add to the school's words"), menu)
    teach.triggered.connect(lambda: spelling.teach(slip.word))
    ignore = QAction(_("Ignore in this post"), menu)
    ignore.triggered.connect(lambda: spelling.ignore(slip.word))
    spelling.suggest(menu, slip.word, slip.paragraph, _show_found(menu, editor, slip, looking))
    return [said, looking, teach, ignore, _rule(menu)]


def _show_found(
    menu: QMenu, editor: PostEditor, slip: Slip, looking: QAction
) -> Callable[[tuple[str, ...]], None]:
    """What puts the suggestions in the place of the words that promised them."""

    def show(found: tuple[str, ...]) -> None:
        if not found:
            looking.setText(_("No suggestion"))
            return
        actions = []
        for word in found:
            action = QAction(_plain(word), menu)
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            action.triggered.connect(lambda _on=False, w=word: editor.put(slip.cursor, w))
            actions.append(action)
        menu.insertActions(looking, actions)
        menu.removeAction(looking)
        if menu.activeAction() is None:
            menu.setActiveAction(actions[0])

    return show


def _switch(menu: QMenu, editor: PostEditor) -> QAction:
    """Check spelling, or not; greyed out where the dictionaries can't be read."""
    action = QAction(_("Check spelling"), menu)
    if editor.slips is not None:
        spelling = editor.slips.spelling
        action.setCheckable(True)
        action.setChecked(spelling.working)
        action.setEnabled(spelling.working or not spelling.on)
        action.triggered.connect(spelling.switch)
    return action


def _unknown_words(slip: Slip) -> str:
    return _("“{word}” is in no dictionary").format(word=slip.word)


def _said(menu: QMenu, words: str) -> QAction:
    """A line that only says something."""
    action = QAction(_plain(words), menu)
    action.setEnabled(False)
    return action


def _said_at_length(menu: QMenu, words: str) -> QAction:
    """A sentence over several lines, so that the menu stays narrow."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setContentsMargins(26, 6, 16, 6)  # in line with the actions below
    label.ensurePolished()
    label.setFixedSize(MENU_WIDTH, label.heightForWidth(MENU_WIDTH))
    action = QWidgetAction(menu)
    action.setDefaultWidget(label)
    action.setText(_plain(words))
    action.setEnabled(False)
    return action


def _rule(menu: QMenu) -> QAction:
    rule = QAction(menu)
    rule.setSeparator(True)
    return rule


def _plain(words: str) -> str:
    """Words in which no letter is underlined as a key."""
    return words.replace("&", "&&")
