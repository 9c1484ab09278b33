"""The French catalogue: whole, true to the English, well set, and the one the program speaks."""

from __future__ import annotations

import ast
import gettext
import io
import re
import shutil
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from smassistant.checks.rules import load_rules
from smassistant.checks.topics import find_topics
from smassistant.domain.facts import Facts
from smassistant.domain.places import ALL_PLACES
from smassistant.domain.posts import Draft
from smassistant.errors import UserError
from smassistant.i18n import _, language, ngettext, set_language
from smassistant.matching.engine import NameMatcher
from smassistant.services.auditing import SENTENCES
from tools import catalogue
from tools.catalogue import CODES, Key, code_messages, compiled, messages, po_file, read

FRENCH = po_file("fr")
SAMPLES = {
    "This post was changed in the meantime.": "Cette publication a été modifiée entre-temps.",
    "The school's database is busy.": "La base de données de l’école est occupée.",
    "Legal matters are not for posts.": (
        "Les questions juridiques n’ont pas leur place dans une publication."
    ),
    "Submit for approval": "Soumettre",
    "School website": "Site Web de l’école",
}
_SHOWN_BY = {
    "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "setText",
    "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle",
    "setPlaceholderText", "setInformativeText", "setTitle", "addAction", "addTab", "heading",
    "note", "say", "show_banner", "show_words", "UserError",
}  # fmt: skip
_NOT_WORDS = {"SM Assistant", "done", "error", "warning", "danger", "muted", "https://"}


def forms(key: Key) -> tuple[str, ...]:
    """A message's English forms."""
    return (key,) if isinstance(key, str) else key


def fields(text: str) -> set[str]:
    """The names in {braces}."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def french() -> dict[Key, tuple[str, ...]]:
    """What the .po says."""
    return catalogue.texts(read(FRENCH))


def test_every_message_is_translated(french: dict[Key, tuple[str, ...]]) -> None:
    missing = [key for key in messages() if not all(french.get(key, ("",)))]
    assert not missing, "run `python tools/catalogue.py update` and translate what is new"


def test_nothing_is_kept_that_no_code_says(french: dict[Key, tuple[str, ...]]) -> None:
    assert not french.keys() - messages().keys()
    assert not read(FRENCH).obsolete


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in read(FRENCH) if message.id and message.fuzzy] == []


def test_the_template_is_up_to_date() -> None:
    assert catalogue.texts(read(catalogue.TEMPLATE)).keys() == messages().keys()


def test_translations_fill_in_the_same(french: dict[Key, tuple[str, ...]]) -> None:
    wrong = [
        (key, said)
        for key, said in french.items()
        if any(fields(form) != fields(forms(key)[-1]) for form in said)
    ]
    assert not wrong


def test_spaces_at_the_ends_are_kept(french: dict[Key, tuple[str, ...]]) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert not [
        key
        for key, said in french.items()
        for english, form in zip(forms(key), said, strict=True)
        if ends(english) != ends(form)
    ]


@pytest.mark.parametrize(
    ("mistake", "pattern"),
    [
        ("an ordinary space before a sign that needs one that doesn't break", " [:;!?»%]|« "),
        ("no space where French has one", r"[^\s\u00a0\u202f][;!?»]|«[^\u00a0]|[^\W_]:(\s|$)"),
        ("a straight apostrophe", "'"),
        ("English quotation marks", "[“”]"),
        ("two spaces", r"\S  +\S"),
    ],
)
def test_french_is_set_as_french(
    french: dict[Key, tuple[str, ...]], mistake: str, pattern: str
) -> None:
    wrong = [form for said in french.values() for form in said if re.search(pattern, form)]
    assert not wrong, mistake


def test_the_compiled_catalogue_is_the_one_translated() -> None:
    shipped = gettext.GNUTranslations(io.BytesIO(FRENCH.with_suffix(".mo").read_bytes()))
    fresh = gettext.GNUTranslations(io.BytesIO(compiled(read(FRENCH))))
    assert _entries(shipped) == _entries(fresh), "run `python tools/catalogue.py compile`"


def _entries(translations: gettext.GNUTranslations) -> dict[object, str]:
    """The messages of a compiled catalogue, without the head that names the tool's version."""
    entries: dict[object, str] = translations._catalog  # type: ignore[attr-defined]
    return {key: said for key, said in entries.items() if key}


def test_an_update_with_nothing_new_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "fr" / "LC_MESSAGES" / FRENCH.name
    copy.parent.mkdir(parents=True)
    shutil.copy(FRENCH, copy)
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue, "TEMPLATE", tmp_path / catalogue.TEMPLATE.name)
    catalogue.update()
    assert copy.read_text(encoding="utf-8") == FRENCH.read_text(encoding="utf-8")
    made = (tmp_path / catalogue.TEMPLATE.name).read_text(encoding="utf-8")
    assert made == catalogue.TEMPLATE.read_text(encoding="utf-8")
    assert capsys.readouterr().out.splitlines() == [f"fr: {len(messages())} messages"]


def test_an_update_tells_what_came_and_what_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "fr" / "LC_MESSAGES" / FRENCH.name
    copy.parent.mkdir(parents=True)
    copy.write_text(
        "# Lexique\n"
        'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Undo"\nmsgstr "Annuler"\n\nmsgid "Untie"\nmsgstr "Dénouer"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue, "TEMPLATE", tmp_path / catalogue.TEMPLATE.name)
    catalogue.update()
    told = capsys.readouterr().out
    assert "gone  'Untie' = ('Dénouer',)" in told
    assert "new   'Redo'" in told
    assert "'Undo'" not in told
    assert copy.read_text(encoding="utf-8").startswith("# Lexique\n")
    assert catalogue.texts(read(copy))["Undo"] == ("Annuler",)
    assert "Untie" not in catalogue.texts(read(copy))


def test_messages_are_found_wherever_they_stand_in_the_code() -> None:
    code = """
title = N_("a mark")
text = f"{_('inside')} and {ngettext('{n} one', '{n} many', n)}"
other = _("in two " "parts").format(n=_(computed))
tr("not ours")
"""
    assert sorted(code_messages(code), key=str) == [
        ("{n} one", "{n} many"), "a mark", "in two parts", "inside"
    ]  # fmt: skip


def test_rules_places_and_the_trail_are_in_the_catalogue() -> None:
    known = messages().keys()
    assert {rule.message for rule in load_rules().rules} <= known
    assert set(SENTENCES.values()) <= known
    networks = {"Bluesky", "Facebook", "Instagram", "Threads", "X", "LinkedIn", "Mastodon"}
    assert {place.title for place in ALL_PLACES} - networks <= known


@pytest.mark.parametrize("code", ["fr", "fr_CA", "fr-CA", "fr_CA.UTF-8"])
def test_french_is_spoken(code: str) -> None:
    set_language(code)
    assert language() == "fr"
    assert {english: _(english) for english in SAMPLES} == SAMPLES


def test_numbers_take_the_french_form() -> None:
    one, many = "{n} picture, no text", "{n} pictures, no text"
    assert [ngettext(one, many, n).format(n=n) for n in (0, 1, 2)] == [
        "0 pictures, no text", "1 picture, no text", "2 pictures, no text"
    ]  # fmt: skip
    set_language("fr")
    assert [ngettext(one, many, n).format(n=n) for n in (0, 1, 2)] == [
        "0 image, pas de texte", "1 image, pas de texte", "2 images, pas de texte"
    ]  # fmt: skip


def test_a_finding_speaks_french() -> None:
    set_language("fr")
    facts = Facts({}, {}, NameMatcher(()), load_rules(), date(2026, 9, 30))
    [finding] = find_topics(Draft("The lawsuit goes on.", places=("facebook",)), facts)
    assert finding.message.startswith("«\u00a0lawsuit\u00a0»\u00a0: Les questions juridiques")


def test_an_error_speaks_french(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[[rule]]\nid = 'a'\n", encoding="utf-8")
    set_language("fr")
    with pytest.raises(UserError) as caught:
        load_rules(tmp_path)
    assert caught.value.title == "Le fichier de règles bad.toml contient une erreur."


@pytest.mark.parametrize("code", ["en", "en_CA", "de", "C", "", "xx-YY", "français"])
def test_any_other_language_is_english(code: str) -> None:
    set_language("fr")
    set_language(code)
    assert language() == "en"
    assert [_(english) for english in SAMPLES] == list(SAMPLES)


def test_no_text_that_is_shown_is_left_out() -> None:
    bare = [
        f"{path.name}:{number}: {text}"
        for folder in CODES
        for path in sorted(folder.rglob("*.py"))
        for number, text in _bare_texts(path.read_text(encoding="utf-8"))
        if text not in _NOT_WORDS
    ]
    assert not bare


def test_bare_texts_are_seen() -> None:
    code = """
label.setText("Read me" if late else f"{n} posts")
QPushButton(_("Fine"))
button.setText(f"{name} · {_('Fine')}")
heading("", 1)
setProperty("role", "card")
"""
    assert [text for _number, text in _bare_texts(code)] == ["Read me", " posts"]


def _bare_texts(code: str) -> Iterator[tuple[int, str]]:
    """Words written straight into what a person sees, with their line."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or _name(node) not in _SHOWN_BY:
            continue
        for part in (piece for argument in node.args for piece in _outside_calls(argument)):
            if isinstance(part.value, str) and re.search(r"[^\W\d_]{2}", part.value):
                yield part.lineno, part.value


def _outside_calls(node: ast.AST) -> Iterator[ast.Constant]:
    """The constants of an expression that no call inside it takes."""
    if isinstance(node, ast.Constant):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from _outside_calls(node.body)
        yield from _outside_calls(node.orelse)
    elif isinstance(node, ast.JoinedStr | ast.BinOp | ast.BoolOp):
        for child in ast.iter_child_nodes(node):
            yield from _outside_calls(child)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
