"""Packs as files: what is written is read again, mistakes name their line, one bad pack of many."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.checks.rule_files import (
    assemble,
    load_packs,
    parse_pack,
    shipped_packs,
    write_pack,
)
from smassistant.domain.rules import Pack, Rule
from smassistant.errors import UserError

RULE = Rule("mine.one", "topic.legal", "6", "warn", "Not for posts.", ("soup",), fires=("Soup!",))
OTHER = replace(RULE, id="mine.two")

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
PHRASES = st.lists(st.from_regex(r"[a-z]{3,9}( [a-z]{3,9}){0,3}", fullmatch=True), max_size=4)
RULES = st.builds(
    Rule,
    id=TEXTS, code=TEXTS, clause=TEXTS, severity=st.sampled_from(["block", "warn", "advice"]),
    message=TEXTS, any=PHRASES.filter(bool).map(tuple), near=PHRASES.map(tuple),
    not_in=PHRASES.map(tuple), unless=PHRASES.map(tuple),
    fires=st.lists(TEXTS, min_size=1).map(tuple), quiet=st.lists(TEXTS).map(tuple),
    masked=st.booleans(), weak=st.booleans(), off=st.booleans(),
)  # fmt: skip


@given(st.lists(RULES, max_size=4, unique_by=lambda rule: rule.id))
def test_a_pack_is_read_as_it_was_written(rules: list[Rule]) -> None:
    pack = Pack("mine", tuple(rules))
    assert parse_pack("mine", write_pack(pack)) == pack


def test_every_shipped_pack_survives_being_written() -> None:
    for pack in shipped_packs():
        assert parse_pack(pack.name, write_pack(pack)) == pack


def test_half_a_character_does_not_break_the_file() -> None:
    pack = Pack("mine", (replace(RULE, quiet=("a \ud83d b",)),))
    text = write_pack(pack)
    text.encode("utf-8")
    assert parse_pack("mine", text).rules[0].quiet == ("a ? b",)


def mistake_in(text: str) -> str:
    with pytest.raises(UserError) as caught:
        parse_pack("mine", text)
    assert "mine.toml" in caught.value.title
    return caught.value.explanation


def test_a_mistake_names_the_line_of_its_rule() -> None:
    text = "# ours\n\n" + write_pack(Pack("mine", (RULE, OTHER)))
    wrong = text.replace('id = "mine.two"\ncode = "topic.legal"', 'id = "mine.two"\ncode = 3')
    line = 1 + text.split("\n").index("[[rule]]", 4)
    assert mistake_in(wrong).startswith(f"Line {line}, rule “mine.two”")
    assert "line 3" in mistake_in("[[rule]]\nid = 'a'\ncode = \n")


def test_a_table_quoted_inside_a_text_claims_no_line() -> None:
    text = '[[rule]]\nid = "a"\nmessage = """\n[[rule]]\n"""\ncode = 3\n'
    assert mistake_in(text).startswith("Rule “a”")


def test_one_id_twice_and_what_is_no_rule() -> None:
    twice = write_pack(Pack("mine", (RULE, RULE)))
    assert "same id" in mistake_in(twice)
    assert "version" in mistake_in("version = 3\n" + write_pack(Pack("mine", (RULE,))))
    assert "large" in mistake_in("#" * 3_000_000)
    mistake_in("rule = " + "[" * 100_000)


def test_the_divisions_version_replaces_the_shipped_pack() -> None:
    shipped = {pack.name: pack for pack in shipped_packs()}
    found = assemble({"legal": [write_pack(Pack("legal", (RULE,)))], "own": [""], "tone": [""]})
    packs = {pack.name: pack for pack in found.packs}
    assert packs.pop("legal").rules == (RULE,)
    del shipped["legal"]
    assert packs == shipped
    assert found.troubles == ()


def test_a_bad_version_leaves_the_last_good_one_in_force() -> None:
    good = write_pack(Pack("legal", (RULE,)))
    found = assemble({"legal": ["[[rule]]\nid = 3", good], "tone": ["[[rule"]})
    packs = {pack.name: pack for pack in found.packs}
    assert packs["legal"].rules == (RULE,)
    assert packs["tone"] == next(pack for pack in shipped_packs() if pack.name == "tone")
    legal, tone = found.troubles
    assert "legal.toml" in legal
    assert "Line 1" in legal
    assert "tone.toml" in tone


def test_a_version_older_than_putting_the_shipped_one_back_stays_out() -> None:
    found = assemble({"legal": ["[[rule", "", write_pack(Pack("legal", (RULE,)))]})
    legal = next(pack for pack in found.packs if pack.name == "legal")
    assert legal in shipped_packs()


def test_an_id_of_a_shipped_rule_is_refused_in_another_pack() -> None:
    taken = shipped_packs()[0].rules[0].id
    found = assemble({"own": [write_pack(Pack("own", (replace(RULE, id=taken),)))]})
    assert [pack.name for pack in found.packs] == [pack.name for pack in shipped_packs()]
    assert taken in found.troubles[0]


def test_a_folder_of_packs(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(write_pack(Pack("mine", (RULE,))), encoding="utf-8-sig")
    assert load_packs(tmp_path) == (Pack("mine", (RULE,)),)
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match=r"bad\.toml"):
        load_packs(tmp_path)
