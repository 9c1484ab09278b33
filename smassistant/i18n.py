"""One catalogue of words for core and window: gettext, because the core knows no Qt."""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path

DOMAIN = "smassistant"
LANGUAGES = {"en": "English", "fr": "Français"}
CATALOGUES = Path(__file__).resolve().parent.parent / "resources" / "i18n"

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def set_language(code: str) -> None:
    """From now on speak `code`: "en" or "fr", "fr_CA" too; English where it is none of them."""
    global _current, _language
    wanted = code.split("_")[0].split("-")[0].lower()
    _language = wanted if wanted in LANGUAGES else "en"
    _current = _gettext.translation(DOMAIN, CATALOGUES, [_language], fallback=True)


def language() -> str:
    """The language spoken now: "en" or "fr"."""
    return _language


def _(message: str) -> str:
    """`message` in the current language. Call it when the text is shown, never at import."""
    return _current.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a message that fits the number `n`."""
    return _current.ngettext(one, many, n)


def quoted(words: str) -> str:
    """`words` in the quotation marks of the current language."""
    return _("“{words}”").format(words=words)


def labelled(name: str, words: str) -> str:
    """`words` behind their name and a colon, spaced as the current language does."""
    return _("{name}: {words}").format(name=name, words=words)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark `message` for the catalogue; whoever shows it calls `_`."""
    return message
