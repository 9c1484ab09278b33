"""What stands around a lone name, as the cues that the weights of `weighing` know."""

from __future__ import annotations

from smassistant.matching.grammar import kinds_of, name_kinds, role
from smassistant.matching.lone import Lone
from smassistant.matching.parts import Parts

_MARKS = {
    ",": "comma", ":": "colon", "-": "dash", ".": "stop", "!": "bang", "?": "ask", "(": "open",
    ")": "close", '"': "quote", "&": "amp", "+": "amp", "/": "amp", ";": "comma", "|": "amp",
    "•": "item", "=": "colon", "…": "stop",
}  # fmt: skip
_PASSING = ("to", "with", "from", "of", "and", "but", "in", "adverb", "being", "number", "owner")
_LEADING = ("being", "having", "modal", "and", "adverb", "with", "in", "not", "ing", "verb")
_NEAR = ("pet", "book", "trip", "shop", "schooling", "relation")
_FAR = 12  # words within which a pronoun may stand for the name


def cues(parts: Parts, one: Lone) -> tuple[list[str], list[str]]:
    """The cues around `one`, and the circumstances that change what a cue weighs."""
    before, after = _before(parts, one), _after(parts, one)
    found = [*before, *after, f"{before[0]} {after[0]}", *_around(parts, one)]
    return found, _circumstances(parts, one)


def _circumstances(parts: Parts, one: Lone) -> list[str]:
    """How the name is written and what else it may be."""
    stretch = parts.stretch
    found = ["", "wordy" if one.wordy else "rare"]
    if stretch.caps:
        found.append("caps")
    elif stretch.lower:
        found.append("lower")
    elif stretch.titled:
        found.append("titled")
    if "about sport" in stretch.topics and one.surname:
        found.append("sport")
    key = "".join(token.key for token in stretch.tokens[one.at : one.end])
    found += name_kinds(key) if one.wordy or key in parts.words.cities else ()
    return found


def _around(parts: Parts, one: Lone) -> list[str]:
    """What the whole sentence and the name itself say."""
    stretch = parts.stretch
    found = ["any"]
    if not one.exact:
        found.append("loose")
    if one.end - one.at > 1:
        found.append("several")
    if len(stretch.tokens[one.at].key) < 3:
        found.append("short")
    found += parts.stretch.topics
    near = stretch.tokens[one.end : one.end + _FAR]
    if any("person" in kinds_of(token.key) for token in near):
        found.append("pronoun after")
    found += _near(parts, one)
    lead = stretch.tokens[max(0, one.at - 6) : one.at]
    if any("praise" in kinds_of(token.key) for token in lead):
        found.append("praise before")
    return found


def _near(parts: Parts, one: Lone) -> list[str]:
    """A pet, hero or staff room right before or behind the name; a school's own words."""
    tokens = parts.stretch.tokens
    found = []
    for side, beside in (
        ("before", tokens[max(0, one.at - 4) : one.at]),
        ("after", tokens[one.end : one.end + 4]),
    ):
        kinds = {kind for token in beside for kind in kinds_of(token.key)}
        found += [f"{kind} {side}" for kind in _NEAR if kind in kinds]
    if tokens[one.at].key in parts.index.school_words:
        found.append("school word")
    return found


def _before(parts: Parts, one: Lone) -> list[str]:
    stretch, at = parts.stretch, one.at
    if at == 0:
        return ["<start"]
    gap = stretch.gaps[at - 1]
    if "\n" in gap:
        return ["<line"]
    part = _part(parts, at - 1)
    if mark := _mark(gap):
        return [f"<{mark}", f"<{mark} {part}"]
    found = [f"<{part}"]
    key = stretch.tokens[at - 1].key
    if key in parts.words.strong_cues:
        found.append("<cue")
    if kinds_of(key):
        found.append(f"<word {key}")
    if part in _PASSING:
        far = "start" if at == 1 else _part(parts, at - 2)
        found.append(f"<{part} <{far}")
        if at > 1 and stretch.tokens[at - 2].key in parts.words.strong_cues:
            found.append(f"<{part} <cue")
    return found


def _after(parts: Parts, one: Lone) -> list[str]:
    stretch, end = parts.stretch, one.end
    owns = stretch.tokens[end - 1].possessive
    if end >= len(stretch.tokens):
        return _at_end(stretch.text[stretch.tokens[end - 1].end :], owns)
    gap = stretch.gaps[end - 1]
    part = _part(parts, end)
    if owns:
        gap = gap.removeprefix("'s").removeprefix("'S").removeprefix("'")
        return [">owns", f">owns {part}"] if not _mark(gap) else [">owns", ">owns end"]
    mark = _mark(gap)
    if "\n" in gap and not mark:
        return [">line"]
    if mark:
        return [f">{mark}", f">{mark} {part}"]
    token = stretch.tokens[end]
    found = [f">{part}"]
    if kinds_of(token.key):
        found.append(f">word {token.key}")
    if token.key in parts.words.place_words and stretch.gaps[end : end + 1] != ("-",):
        found.append(">Place" if token.cap else ">place")
    if "calendar" in kinds_of(token.key):
        found.append(">calendar")
    if part in _LEADING:
        far = "end" if end + 1 >= len(stretch.tokens) else _part(parts, end + 1)
        found.append(f">{part} >{far}")
    return found


def _at_end(rest: str, owns: bool) -> list[str]:
    if owns:
        return [">owns", ">owns end"]
    mark = _mark(rest)
    return [f">{mark}", ">end"] if mark else [">end"]


def _mark(gap: str) -> str:
    """The first punctuation mark of a gap by name; "" where there is only space."""
    for char in gap:
        if char in _MARKS:
            return "" if char == "-" and gap == "-" else _MARKS[char]
        if not (char.isspace() or char.isalpha() or char in "*_~'"):
            return "sign"
    return ""


def _part(parts: Parts, at: int) -> str:
    """What the token does: its role as a word, or what its capital says."""
    stretch = parts.stretch
    token = stretch.tokens[at]
    key = token.key
    if not token.cap or stretch.caps or kinds_of(key):
        return role(key)
    if key in parts.words.place_before and key not in ("new", "old", "storm"):
        return "Place"
    if key in parts.words.plain or (stretch.starts_sentence(at) and key in parts.words.words):
        return role(key) if stretch.starts_sentence(at) else "Word " + role(key)
    if len(key) == 1:
        return "Initial"
    if key in parts.words.titles:
        return "Title"
    if parts.firsts[at] or key in parts.words.given_names:
        return "First"
    if parts.lasts[at]:
        return "Last"
    if key in parts.words.words:
        return "Word name"
    return "Start unknown" if stretch.starts_sentence(at) else "Unknown"
