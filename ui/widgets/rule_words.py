"""What packs, subjects and the ways of a rule are called on the screen."""

from __future__ import annotations

from smassistant.domain.findings import Severity
from smassistant.domain.rules import OWN_PACK, Trace
from smassistant.i18n import N_, _
from smassistant.services.keeping_rules import ShelvedRule
from ui.widgets.words import severity_word

LONGEST = 40  # characters of a phrase in a sentence
_PACKS = {
    "contractual": N_("Contracts and employment"),
    "controversial": N_("Controversial subjects"),
    "copyright": N_("Copyright"),
    "crisis": N_("Crisis situations"),
    "legal": N_("Legal matters"),
    "personal": N_("Personal information"),
    "policy": N_("Division policy"),
    "promotion": N_("Promotion"),
    "tone": N_("Tone"),
    OWN_PACK: N_("The division’s own rules"),
}


def pack_word(pack: str) -> str:
    """A pack's title; one that came from elsewhere goes by its file's name."""
    return _(_PACKS[pack]) if pack in _PACKS else pack


def state_words(shelved: ShelvedRule, unsaved: bool = False) -> str:
    """What is particular about a rule: changed, added, off, not saved; else what it does."""
    if unsaved:
        return _("not saved yet")
    parts = []
    if shelved.rule.off:
        parts.append(_("off"))
    if shelved.added:
        parts.append(_("added by the division"))
    elif shelved.changed:
        parts.append(_("changed by the division"))
    return " · ".join(parts) or severity_word(Severity(shelved.rule.severity))


def trace_words(trace: Trace) -> str:
    """What a rule made of some words and why, as one sentence."""
    given = {
        "rule": trace.rule_id,
        "words": trace.surface,
        "phrase": _short(trace.phrase),
        "by": _short(trace.by),
    }
    if trace.reason == "not_in":
        text = _("{rule} stays quiet: “{words}” is part of “{by}”.")
    elif trace.reason == "unless":
        text = _("{rule} stays quiet about “{words}”, because of “{by}” in the sentence.")
    elif trace.reason == "near":
        text = _("{rule} stays quiet: “{words}” has none of the near words in its sentence.")
    elif trace.reason == "weak":
        text = _("{rule} stays quiet about “{words}”, because “{by}” fires in the text.")
    elif trace.by:
        text = _("{rule} fires at “{words}” (phrase “{phrase}”, near “{by}”).")
    else:
        text = _("{rule} fires at “{words}” (phrase “{phrase}”).")
    return text.format(**given)


def _short(phrase: str) -> str:
    """A phrase with many choices, cut."""
    return phrase if len(phrase) <= LONGEST else phrase[: LONGEST - 1] + "…"
