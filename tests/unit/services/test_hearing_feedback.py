"""Feedback on findings: kept without names, settled once, made use of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.feedback import FeedbackState, TrainingExample
from smassistant.domain.findings import Finding, MendKind, ResolutionKind, Severity
from smassistant.domain.people import Person
from smassistant.domain.posts import Post
from smassistant.domain.rules import OWN_PACK
from smassistant.errors import Clash, NotAllowed, UserError
from smassistant.services.hearing_feedback import (
    count_feedback,
    list_feedback,
    note_feedback,
    settle_feedback,
    training_examples,
)
from smassistant.services.keeping_rules import Edit, save_rule
from smassistant.services.reading_hints import HintShelf
from smassistant.services.reviewing import Reviewer, answer
from tests.unit.services.conftest import School
from tests.unit.services.test_keeping_rules import COM, SOUP

KEPT, OPEN, DISMISSED = FeedbackState.KEPT, FeedbackState.OPEN, FeedbackState.DISMISSED


def found(school: School, text: str, rule: str = SOUP.id) -> tuple[Post, Finding]:
    post = school.write(text)
    findings = school.reviewer.review(post).findings
    return post, next(finding for finding in findings if finding.rule == rule)


def note(school: School, text: str, rule: str = SOUP.id) -> str:
    post, finding = found(school, text, rule)
    return note_feedback(school.context, school.author, school.reviewer, post, finding).sentence


@pytest.fixture
def soup(school: School) -> School:
    """A school whose division warns of soup."""
    save_rule(school.context, COM, Edit(OWN_PACK, 0, SOUP))
    return school


def test_a_click_keeps_the_sentence_the_words_and_who(soup: School) -> None:
    assert note(soup, "Hello all! There is hot soup today. Bye.") == "There is hot soup today."
    (kept,) = list_feedback(soup.context, COM)
    assert (kept.rule, kept.code, kept.words) == (SOUP.id, "topic.policy", "soup")
    assert (kept.by, kept.at, kept.school) == (
        soup.author.id, soup.clock.now(), soup.author.school,
    )  # fmt: skip
    assert count_feedback(soup.context, COM) == 1
    assert count_feedback(soup.context, soup.leader) == 0


def test_the_same_sentence_is_noted_once(soup: School) -> None:
    for _again in range(2):
        note(soup, "There is hot soup today.")
    assert len(list_feedback(soup.context, COM)) == 1


PEOPLE = (
    Person("p-1", "61", "Zoë", "Running Rabbit", preferred_name="Zo", avoid_names=("Zachary",)),
    Person("p-2", "62", "Grace", "O'Rourke", other_names=("Gracie",)),
    Person("p-3", "63", "May", "Van der Berg"),
)
SENTENCES = (
    "Zoë Running Rabbit eats soup with Zachary and May Van der Berg",
    "Soup with Grace, Gracie and Logan V. at @logan_vantongeren09 #TeamZoë",
    "ZOË's soup was better than O’Rourke's soup, said Logan",
    "the rabbit boy zo eats soup, so does vantongeren, tessaly b",
    "soup: Vantongeren, Logan; Brightwater, Tessaly; Van-der-Berg M.",
    "La soupe: soup pour Zoe\u0301 et Tessa\u200bly Bright\u00adwater",
    "Call 403-555-0187 or write to anna.k@mail.example about the soup",
)
NAMES = (
    "zo", "zachary", "running", "rourke", "gracie", "grace", "logan", "vantongeren", "tessaly",
    "brightwater", "berg", "0187", "anna",
)  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_no_registry_name_is_stored(soup: School, text: str) -> None:
    with soup.context.store.write() as work:
        work.people.add(PEOPLE)
    kept = note(soup, f"Before it. {text}. After it.")
    plain = kept.lower().replace("\u0301", "").replace("\u00ad", "").replace("\u200b", "")
    plain = plain.replace("ë", "e").replace("’", "'")
    assert "soup" in plain
    found = [name for name in NAMES if name in plain.replace("zone", "")]
    assert not found, kept
    with soup.context.store.read() as work:
        (row,) = work.feedback.list([OPEN])
    assert not any(name in f"{row.sentence} {row.words}".lower() for name in NAMES[2:])


def test_words_that_have_changed_are_not_noted(soup: School) -> None:
    post, finding = found(soup, "There is hot soup today.")
    with pytest.raises(UserError, match="changed"):
        note_feedback(
            soup.context, soup.author, soup.reviewer, replace(post, text="Other"), finding
        )


def test_only_authors_give_and_only_keepers_settle(soup: School) -> None:
    post, finding = found(soup, "There is hot soup today.")
    with pytest.raises(NotAllowed):
        note_feedback(soup.context, soup.records, soup.reviewer, post, finding)
    given = note_feedback(soup.context, soup.author, soup.reviewer, post, finding)
    with pytest.raises(NotAllowed):
        settle_feedback(soup.context, soup.leader, given, KEPT)


def test_what_is_kept_is_a_training_example_until_it_is_taken_back(soup: School) -> None:
    post, finding = found(soup, "There is hot soup today.")
    given = note_feedback(soup.context, soup.author, soup.reviewer, post, finding)
    kept = settle_feedback(soup.context, COM, given, KEPT)
    with soup.context.store.read() as work:
        assert training_examples(work) == (TrainingExample("There is hot soup today.", ()),)
    assert list_feedback(soup.context, COM) == ()
    with pytest.raises(Clash):
        settle_feedback(soup.context, COM, given, DISMISSED)
    settle_feedback(soup.context, COM, kept, OPEN)
    with soup.context.store.read() as work:
        assert training_examples(work) == ()
    assert len(list_feedback(soup.context, COM)) == 1


@pytest.mark.parametrize(
    ("severity", "gone"), [("advice", True), ("warn", False), ("block", False)]
)
def test_not_a_problem_settles_advice_alone(school: School, severity: str, gone: bool) -> None:
    save_rule(school.context, COM, Edit(OWN_PACK, 0, replace(SOUP, severity=severity)))
    post, finding = found(school, "There is hot soup today.")
    assert finding.severity is Severity(severity)
    assert finding.mends[-1].kind is MendKind.NOT_A_PROBLEM
    answered = answer(post, finding, ResolutionKind.NOT_A_PROBLEM, school.author.id)
    review = school.reviewer.review(answered)
    assert (SOUP.id not in {one.rule for one in review.findings}) is gone
    assert bool(review.unanswered) is not gone
    elsewhere = replace(answered, text="Now soup stands here, and there is hot soup too.")
    rules = [one.rule for one in school.reviewer.review(elsewhere).findings]
    assert rules.count(SOUP.id) == 1


def test_of_a_hint_the_whole_text_is_kept_and_silences_it(school: School) -> None:
    text = (
        "Good morning. "
        "Everyone who cleans here now works for a company from Calgary for three dollars less."
    )
    reviewer = Reviewer(school.context, HintShelf(school.context))
    post = school.write(text)
    (finding,) = (one for one in reviewer.review(post).findings if one.rule.startswith("hint:"))
    noted = note_feedback(school.context, school.author, reviewer, post, finding)
    assert noted.sentence == text
    settle_feedback(school.context, COM, noted, FeedbackState.KEPT)
    assert not [one for one in reviewer.review(post).findings if one.rule.startswith("hint:")]
