"""Ways to write a sentence without a name: taken out with its grammar, or words in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from smassistant.domain.findings import Form, Mention
from smassistant.domain.folding import squash
from smassistant.domain.people import Kind, Person
from smassistant.words import words_of

# These are part of the post, so they follow the post's language, not the window's.
_FRENCH = words_of(
    "le la les des du et est une un au aux avec pour dans en nos notre vous nous qui que sur merci "
    "bravo félicitations élève élèves école par ses sa son à"
)
_ENGLISH = words_of(
    "the and is a to of in for with our we you by at on from thanks congratulations welcome that "
    "this has have was were are will"
)
_AND = r"(?:,?\s*(?:\band\b|\bet\b|&|\+)\s*)"
_LIST_BEFORE = re.compile(rf"(?:{_AND}|,\s*)$")
_AND_BEFORE = re.compile(rf"{_AND}$")
_LIST_AFTER = re.compile(rf"(?:,\s*(?!\b(?:and|et)\b)|{_AND})(?=[^\W\d_a-zà-ÿ])")
_CLAUSE_END = re.compile(r"\s*(?:[.!?;:)\n]|$)")
_GOES_ON = re.compile(rf"\s*(?:[.!?;:,)\n]|$|{_AND})")
_BY = re.compile(r"\s+(?:by|with|from|avec|par)\s+$", re.IGNORECASE)
_THANKS_TO = re.compile(
    r"(?:thanks|thank you|congratulations|congrats|kudos|merci|bravo|félicitations)"
    r"(\s+(?:to|à)\s+)$",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…\n]|[.!?…][\"”'’)]+)\s*$")
_FAMILY = re.compile(r"\b(the|les)\s+$", re.IGNORECASE)
_WHOLE = frozenset({Form.HASHTAG, Form.HANDLE, Form.FILE_NAME})


def is_french(text: str) -> bool:
    """Whether the text reads as French rather than English."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in _FRENCH for word in words) > sum(word in _ENGLISH for word in words)


def removal(text: str, mention: Mention) -> tuple[int, int, str] | None:
    """(start, end, words to put there) that takes a name out; None where a hole would remain."""
    start, end = mention.start, mention.end
    before, after = text[:start], text[end:]
    if mention.form in _WHOLE:
        return len(before.rstrip()), end, ""
    if after[:1] in ("'", "’"):
        return None
    if before.endswith("(") and after.startswith(")"):
        return len(before[:-1].rstrip()), end + 1, ""
    if found := _LIST_BEFORE.search(before):
        return _from_list(before, after, found.start(), end)
    if found := _LIST_AFTER.match(after):
        return start, end + found.end(), ""
    if found := _THANKS_TO.search(before):
        return found.start(1), end, ""
    if (found := _BY.search(before)) and _CLAUSE_END.match(after):
        return found.start(), end, ""
    return None


def _from_list(before: str, after: str, cut: int, end: int) -> tuple[int, int, str] | None:
    """Takes a later name of a list out; where it was the last, "and" moves one name forward."""
    if not _AND_BEFORE.search(before):
        return (cut, end, "") if _GOES_ON.match(after) else None
    head = before[:cut]
    comma = head.rfind(", ")
    if comma < 0 or not re.fullmatch(r", [^.,!?;:\n]+", head[comma:]):
        return cut, end, ""
    joint = " et " if is_french(before + after) else " and "
    return comma, end, joint + head[comma + 2 :]


def stand_ins(text: str, mention: Mention, people: Iterable[Person]) -> list[tuple[int, int, str]]:
    """(start, end, words) that can stand for the name, the plainest first."""
    if mention.form in _WHOLE:
        return []
    people = list(people)
    french = is_french(text)
    start = mention.start
    family = _FAMILY.search(text[:start])
    if mention.form is Form.SURNAME and family:
        words = ["une famille" if french else "a family"]
        start = family.start()
    else:
        words = _descriptions(people, french)
    if _SENTENCE_START.search(text[:start]):
        words = [word[0].upper() + word[1:] for word in words]
    return [(start, mention.end, word) for word in words]


def _descriptions(people: list[Person], french: bool) -> list[str]:
    kinds = {person.kind for person in people}
    if kinds == {Kind.STAFF}:
        return ["un membre du personnel" if french else "a member of staff"]
    if kinds == {Kind.VOLUNTEER}:
        return ["un bénévole" if french else "a volunteer"]
    if kinds != {Kind.STUDENT}:
        return ["une personne" if french else "somebody"]
    words = ["un de nos élèves" if french else "a student"]
    grades = {person.grade for person in people}
    if len(grades) == 1 and (group := _grade(grades.pop(), french)):
        words.append(f"un de nos élèves {group}" if french else f"one of our {group} students")
    return words


def _grade(grade: str, french: bool) -> str:
    if not grade:
        return ""
    if squash(grade) in ("k", "kindergarten", "kg", "maternelle"):
        return "de la maternelle" if french else "Kindergarten"
    if grade.isdigit():
        number = int(grade)
        return f"de {number}{'re' if number == 1 else 'e'} année" if french else f"Grade {number}"
    return ""


def first_name_in(mention: Mention, person: Person) -> str:
    """The person's first name, as the mention writes it where it can be read there."""
    names = {squash(name) for name in (person.first_name, person.preferred_name) if name}
    words = mention.surface.split()
    for count in range(1, len(words)):
        if squash("".join(words[:count])) in names:
            return " ".join(words[:count])
    if mention.form is Form.NICKNAME and len(words) > 1:
        return words[0]
    return person.preferred_name or person.first_name
