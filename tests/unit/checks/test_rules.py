"""Rule packs: every shipped example, the language of phrases, and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.checks.phrases import PhraseError, compile_phrase, words_in
from smassistant.checks.rule_files import read_pack
from smassistant.checks.rules import RuleBook, load_rules
from smassistant.domain.findings import Severity
from smassistant.domain.folding import fold
from smassistant.domain.rules import Rule
from smassistant.errors import UserError

BOOK = load_rules()
FIRES = [(rule.id, text) for rule in BOOK.rules for text in rule.fires]
QUIET = [text for rule in BOOK.rules for text in rule.quiet]


@pytest.mark.parametrize(("rule", "text"), FIRES, ids=[text for _rule, text in FIRES])
def test_every_example_that_fires_does(rule: str, text: str) -> None:
    hits = [hit for hit in BOOK.hits(text) if hit.rule_id == rule]
    assert hits
    assert all(text[hit.start : hit.end] == hit.surface for hit in hits)


@pytest.mark.parametrize("text", QUIET)
def test_every_quiet_example_stays_quiet_in_all_packs(text: str) -> None:
    assert not BOOK.hits(text)


def test_every_family_of_the_contract_has_rules_with_examples() -> None:
    codes = {rule.code for rule in BOOK.rules}
    for topic in ("legal", "controversial", "policy", "contractual", "crisis"):
        assert f"topic.{topic}" in codes
    for family in ("personal.", "tone.", "promotion.", "copyright."):
        assert any(code.startswith(family) for code in codes)
    for rule in BOOK.rules:
        assert all((rule.fires, rule.quiet, rule.clause)), rule.id
        assert rule.severity in set(Severity)


def test_subjects_warn_and_personal_or_rude_words_block() -> None:
    for rule in BOOK.rules:
        family = rule.code.split(".")[0]
        expected = "block" if family in ("personal", "tone") else "warn"
        assert rule.severity == expected, rule.id


def book(**keys: object) -> RuleBook:
    given_keys: dict[str, object] = {
        "id": "r", "code": "topic.x", "clause": "6", "severity": "warn", "message": "m",
        "any": ("strike",), **keys,
    }  # fmt: skip
    return RuleBook([Rule(**given_keys)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("phrase", "text", "fires"),
    [
        ("strike", "The strike is on.", True),
        ("strike", "Strikes!", False),
        ("strik*", "Striking workers", True),
        ("on strike", "They are on-strike.", True),
        ("on strike", "On Monday, strike!", False),
        ("on ... strike", "On Monday we may strike.", True),
        ("on ... strike", "Come on. Then strike.", False),
        ("boy/girl hurt", "A girl hurt her knee.", True),
        ("procès", "Le PROCES commence.", True),
        ("avocat", "L'avocat parle.", True),
        ("teacher pay", "the teacher's pay", True),
        ("@money", "It costs $5.", True),
        ("@number off", "15% off today", True),
        ("@person sings", "Emma sings.", True),
        ("@person sings", "Everybody sings.", False),
    ],
)
def test_phrases(phrase: str, text: str, fires: bool) -> None:
    assert bool(book(any=(phrase,)).hits(text)) is fires


def test_near_has_to_stand_in_the_same_sentence() -> None:
    rules = book(near=("teachers",))
    assert rules.hits("The teachers may strike.")
    assert not rules.hits("Teachers met. A lightning strike followed.")


def test_not_in_quiets_the_words_only_where_they_are_part_of_it() -> None:
    rules = book(not_in=("strike zone",))
    assert not rules.hits("Know the strike zone!")
    (hit,) = rules.hits("The strike zone is small, and a strike is near.")
    assert hit.start == 32


def test_unless_quiets_its_sentence_only() -> None:
    rules = book(unless=("bowling",))
    assert not rules.hits("A strike in bowling.")
    assert rules.hits("We went bowling. A strike is near.")


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("what the f*ck", True),
        ("F**k", True),
        ("sh!t", True),
        ("$hit", True),
        ("\u0430$$", True),
        ("@$$", True),
        ("5h1t", True),
        ("sh1rt", False),
        ("f.u.n!", False),
        ("$100", False),
        ("C3PO and R2D2", False),
        ("wow!!", False),
    ],
)
def test_rude_words_behind_signs(text: str, fires: bool) -> None:
    rude = book(any=("fuck", "shit", "ass"), masked=True)
    assert bool(rude.hits(text)) is fires


def test_look_alike_letters_hide_nothing() -> None:
    text = "That is sh\u0456t."
    assert [hit.surface for hit in BOOK.hits(text)] == ["sh\u0456t"]


@pytest.mark.parametrize("phrase", ["", "... x", "x ...", "a*", "@nobody", "[a-z]+", "(x)"])
def test_what_is_no_phrase(phrase: str) -> None:
    with pytest.raises(PhraseError):
        compile_phrase(phrase)


GOOD = (
    'id = "a.b"\ncode = "topic.x"\nclause = "6"\nseverity = "warn"\nmessage = "m"\nfires = ["x"]\n'
)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (GOOD + 'any = ["a b [c]"]', "[c]"),
        (GOOD + 'any = "x"', "list of texts"),
        (GOOD + 'any = ["x"]\nregex = "y"', "regex"),
        (GOOD.replace("warn", "bad") + 'any = ["x"]', "severity"),
        (GOOD, "any"),
        (GOOD.replace('clause = "6"', "clause = 6") + 'any = ["x"]', "clause"),
        (GOOD + 'any = ["x"]\nmasked = "yes"', "masked"),
    ],
)
def test_a_mistake_names_the_file_the_rule_and_what_is_wrong(
    tmp_path: Path, rule: str, words: str
) -> None:
    (tmp_path / "mine.toml").write_text("[[rule]]\n" + rule, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_rules(tmp_path)
    assert "mine.toml" in caught.value.title
    assert "a.b" in caught.value.explanation
    assert words in caught.value.explanation


@pytest.mark.parametrize("content", ["[[rule]", "rule = 3", "rule = [3]", "\x00", "id = 1\nid = 2"])
def test_a_file_that_is_no_pack(tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=r"odd\.toml"):
        read_pack(path)


def test_two_rules_of_one_name(tmp_path: Path) -> None:
    text = "[[rule]]\n" + GOOD + 'any = ["x"]\n'
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    (tmp_path / "b.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"b\.toml"):
        load_rules(tmp_path)


@given(st.text())
def test_any_text_at_all(text: str) -> None:
    for hit in BOOK.hits(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.surface


@given(st.text())
def test_words_lie_inside_the_text_in_order(text: str) -> None:
    folded = fold(text).text
    end = 0
    for word in words_in(folded):
        assert end <= word.start < word.end <= len(folded)
        end = word.end


def test_a_rule_that_is_off_rests() -> None:
    assert not book(off=True).hits("The strike is on.")


@pytest.mark.parametrize(
    ("keys", "text", "reason", "by"),
    [
        ({}, "The strike is on.", "", ""),
        ({"near": ("teachers",)}, "Teachers strike.", "", "teachers"),
        ({"near": ("teachers",)}, "A strike.", "near", ""),
        ({"not_in": ("strike zone",)}, "The strike zone.", "not_in", "strike zone"),
        ({"unless": ("bowling",)}, "A strike in bowling.", "unless", "bowling"),
    ],
)
def test_a_trace_says_why(keys: dict[str, object], text: str, reason: str, by: str) -> None:
    rules = book(**keys)
    (trace,) = rules.traces(text)
    assert (trace.phrase, trace.reason, trace.by) == ("strike", reason, by)
    assert text[trace.start : trace.end] == trace.surface == "strike"
    assert trace.fires is bool(rules.hits(text))


@given(st.text())
def test_traces_that_fire_are_the_hits(text: str) -> None:
    fired = {(one.rule_id, one.start, one.end) for one in BOOK.traces(text) if one.fires}
    assert fired == {(hit.rule_id, hit.start, hit.end) for hit in BOOK.hits(text)}


def two_rules(**weak: object) -> RuleBook:
    legal = book(id="legal", code="topic.legal", any=("lawsuit",)).rules
    crisis = book(**{"id": "crisis", "code": "topic.crisis", "any": ("victims",), **weak}).rules
    return RuleBook((*legal, *crisis))


def test_a_weak_rule_is_silent_beside_another_subject_only() -> None:
    weak = two_rules(weak=True)
    both = "The victims have won. The lawsuit is over."
    assert [hit.rule_id for hit in two_rules().hits(both)] == ["crisis", "legal"]
    assert [hit.rule_id for hit in weak.hits(both)] == ["legal"]
    assert [hit.rule_id for hit in weak.hits("The victims have won.")] == ["crisis"]
    told = {trace.rule_id: (trace.reason, trace.by) for trace in weak.traces(both)}
    assert told == {"crisis": ("weak", "legal"), "legal": ("", "")}


def test_a_weak_rule_yields_neither_to_a_softer_one_nor_to_its_own_subject() -> None:
    both = "The victims have won. The lawsuit is over."
    graver = two_rules(weak=True, severity="block")
    assert {hit.rule_id for hit in graver.hits(both)} == {"crisis", "legal"}
    same = two_rules(weak=True, code="topic.legal")
    assert {hit.rule_id for hit in same.hits(both)} == {"crisis", "legal"}


@pytest.mark.parametrize(("phrase", "told", "silent"), [
    ("@someone", "Dana likes it.", "The students like it."),
    ("@person", "The students like it.", "The chairs like it."),
    ("@mark", "a 47 or 63.5% today", "room 4B with 300 at half past"),
])  # fmt: skip
def test_classes_of_words(phrase: str, told: str, silent: str) -> None:
    one = book(any=(phrase,))
    assert one.hits(told)
    assert not one.hits(silent)
