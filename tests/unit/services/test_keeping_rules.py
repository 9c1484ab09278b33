"""A division's rules: edited, refused, undone, handed on; the last good pack stays in force."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from smassistant.checks.rule_files import write_pack
from smassistant.checks.rules import RuleBook
from smassistant.domain.findings import Severity
from smassistant.domain.rules import OWN_PACK, Pack, PackText, Rule
from smassistant.domain.users import Role, User
from smassistant.errors import Clash, NotAllowed, UserError
from smassistant.services.auditing import list_entries
from smassistant.services.keeping_rules import (
    Edit,
    Shelf,
    blank_rule,
    export_packs,
    import_packs,
    open_shelf,
    put_shipped_back,
    save_rule,
    undo_save,
)
from smassistant.services.reviewing import Reviewer
from smassistant.services.trying_rules import Bench, refuse_misbehaving, with_exception
from tests.unit.services.conftest import School

COM = User("u-com", "com", "Com Example", "", frozenset({Role.COMMUNICATIONS}))
SOUP = Rule(
    "division.soup", "topic.policy", "6", "warn", "Soup is not for posts.", ("soup",),
    fires=("Soup today!",), quiet=("Salad today!",),
)  # fmt: skip
TEXT = "There is soup on Monday."


def codes(school: School, text: str) -> set[str]:
    """The rules that find something in a new post."""
    found = school.reviewer.review(school.write(text)).findings
    return {finding.rule for finding in found if finding.rule}


def shelf(school: School) -> Shelf:
    return open_shelf(school.context, COM)


def save(school: School, rule: Rule, pack: str = OWN_PACK, replaces: str = "") -> Shelf:
    version = shelf(school).versions.get(pack, 0)
    return save_rule(school.context, COM, Edit(pack, version, rule, replaces))


def test_a_new_rule_counts_at_once_for_everybody(school: School) -> None:
    elsewhere = Reviewer(school.context)
    assert elsewhere.review(school.write(TEXT)).unanswered == ()
    assert codes(school, TEXT) == set()
    saved = save(school, SOUP).find(SOUP.id)
    assert saved is not None
    assert (saved.added, saved.changed, saved.pack) == (True, True, OWN_PACK)
    assert codes(school, TEXT) == {SOUP.id}
    assert SOUP.id in {one.rule for one in elsewhere.review(school.write(TEXT)).findings}
    lines = list_entries(school.context, school.leader)
    assert any("changed the rule division.soup" in line.what for line in lines)


def test_a_shipped_rule_is_changed_switched_off_and_put_back(school: School) -> None:
    court = "The judge ruled in favour of the school."
    rule = next(one.rule for one in shelf(school).rules if one.rule.id == "legal.lawsuit")
    assert rule.id in codes(school, court)
    after = save(school, replace(rule, off=True), "legal", rule.id)
    assert rule.id not in codes(school, court)
    found = after.find(rule.id)
    assert found is not None
    assert found.changed
    assert not found.added
    back = put_shipped_back(school.context, COM, rule.id, after.versions["legal"])
    assert rule.id in codes(school, court)
    assert not any(one.changed for one in back.rules)


def test_a_rule_of_ones_own_is_taken_out(school: School) -> None:
    after = save(school, SOUP)
    gone = put_shipped_back(school.context, COM, SOUP.id, after.versions[OWN_PACK])
    assert gone.find(SOUP.id) is None
    assert codes(school, TEXT) == set()


def test_undo_puts_back_what_counted_before(school: School) -> None:
    save(school, SOUP)
    milder = save(school, replace(SOUP, severity="advice"), replaces=SOUP.id)
    assert milder.find(SOUP.id).rule.severity == "advice"  # type: ignore[union-attr]
    undone = undo_save(school.context, COM, OWN_PACK, milder.versions[OWN_PACK])
    assert undone.find(SOUP.id).rule == SOUP  # type: ignore[union-attr]
    with pytest.raises(Clash):
        undo_save(school.context, COM, OWN_PACK, milder.versions[OWN_PACK])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fires": ("Stew today!",)}, "Stew today!"),
        ({"quiet": ("No soup today.",)}, "soup"),
        ({"any": ("so*",)}, "so*"),
        ({"any": ()}, "no phrase"),
        ({"fires": ()}, "has to fire"),
        ({"message": " "}, "says nothing"),
        ({"severity": "loud"}, "severity"),
        ({"id": ""}, "no name"),
    ],
)
def test_a_rule_that_misbehaves_is_refused_and_named(
    school: School, changes: dict[str, object], words: str
) -> None:
    wrong = replace(SOUP, **changes)  # type: ignore[arg-type]
    with pytest.raises(UserError) as caught:
        save(school, wrong)
    assert wrong.id in caught.value.title
    assert words in caught.value.explanation.lower() or words in caught.value.explanation
    assert shelf(school).versions == {}


def test_an_id_that_is_taken_is_refused(school: School) -> None:
    save(school, SOUP)
    for taken in ("legal.lawsuit", SOUP.id):
        with pytest.raises(UserError, match="mistake"):
            save(school, replace(SOUP, id=taken))


def test_two_at_once_are_told(school: School) -> None:
    version = shelf(school).versions.get(OWN_PACK, 0)
    save(school, SOUP)
    with pytest.raises(Clash):
        save_rule(school.context, COM, Edit(OWN_PACK, version, replace(SOUP, id="division.b")))


def test_who_may(school: School) -> None:
    assert open_shelf(school.context, school.leader).rules
    with pytest.raises(NotAllowed):
        save_rule(school.context, school.leader, Edit(OWN_PACK, 0, SOUP))
    with pytest.raises(NotAllowed):
        open_shelf(school.context, school.author)


def damage(school: School, name: str, text: str, version: int) -> None:
    pack = PackText(name, version, text, COM.id, school.clock.now())
    with school.context.store.write() as work:
        work.rule_packs.add(pack)


def test_a_pack_of_a_newer_program_leaves_the_last_good_one_in_force(school: School) -> None:
    save(school, SOUP)
    newer = write_pack(Pack(OWN_PACK, (SOUP,))).replace("clause", 'shiny = "new"\nclause')
    damage(school, OWN_PACK, newer, 2)
    damage(school, "legal", "[[rule", 1)
    assert codes(school, TEXT) == {SOUP.id}
    assert "legal.lawsuit" in codes(school, "The judge ruled in favour of the school.")
    division, legal = shelf(school).troubles
    assert "division.toml" in division
    assert "Line 1, rule “division.soup”" in division
    assert "legal.toml" in legal
    healed = save(school, replace(SOUP, severity="block"), replaces=SOUP.id)
    assert [trouble for trouble in healed.troubles if "division" in trouble] == []


def test_packs_are_handed_on_to_another_division(school: School, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing to export"):
        export_packs(school.context, COM, tmp_path)
    after = save(school, SOUP)
    assert export_packs(school.context, COM, tmp_path) == ("division.toml",)
    put_shipped_back(school.context, COM, SOUP.id, after.versions[OWN_PACK])
    brought = import_packs(school.context, COM, [tmp_path / "division.toml"])
    assert brought.find(SOUP.id).rule == SOUP  # type: ignore[union-attr]
    assert codes(school, TEXT) == {SOUP.id}


def test_a_bad_file_brings_nothing_in(school: School, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(write_pack(Pack("good", (SOUP,))), encoding="utf-8")
    misses = replace(SOUP, id="bad.one", fires=("Stew!",))
    bad.write_text(write_pack(Pack("bad", (misses,))), encoding="utf-8")
    with pytest.raises(UserError, match=r"bad\.one"):
        import_packs(school.context, COM, [good, bad])
    odd = tmp_path / "Ours & theirs.toml"
    odd.write_text(write_pack(Pack("x", (SOUP,))), encoding="utf-8")
    with pytest.raises(UserError, match="Ours"):
        import_packs(school.context, COM, [odd])
    assert shelf(school).versions == {}


def test_the_bench_tries_the_edited_rule_in_place_of_the_old_one(school: School) -> None:
    bench = Bench([SOUP, *(one.rule for one in shelf(school).rules)])
    text = "There is hot soup."
    assert {one.rule_id for one in bench.try_out(text, None) if one.fires} == {SOUP.id}
    milder = replace(SOUP, id="division.other", not_in=("hot soup",))
    traces = bench.try_out(text, milder, SOUP.id)
    assert {(one.rule_id, one.reason, one.by) for one in traces} == {
        ("division.other", "not_in", "hot soup")
    }
    with pytest.raises(UserError, match=r"division\.soup"):
        bench.try_out(text, replace(SOUP, any=("a*",)), SOUP.id)


def test_every_shipped_rule_can_be_saved_as_it_is(school: School) -> None:
    for shelved in shelf(school).rules:
        refuse_misbehaving(shelved.rule)


def test_a_blank_rule_has_an_id_of_its_own(school: School) -> None:
    taken = {one.rule.id for one in shelf(school).rules}
    assert blank_rule(OWN_PACK, taken).id == "division.new-1"
    copy = blank_rule(OWN_PACK, taken, replace(SOUP, off=True))
    assert (copy.id, copy.any, copy.off) == ("division.soup-2", SOUP.any, False)
    assert copy.severity in set(Severity)


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("We serve chicken soup at noon.", "chicken soup"),
        ("It is a soup kitchen.", "soup kitchen"),
        ("There is hot soup today.", "hot soup today"),
        ("Soup today, soup tomorrow.", "soup today soup"),
    ],
)
def test_an_exception_is_guessed_so_that_the_examples_still_fire(
    sentence: str, phrase: str
) -> None:
    rule = replace(SOUP, fires=("Soup today!", "A hot soup!"))
    guessed = with_exception(rule, sentence)
    assert phrase in guessed.not_in
    assert guessed.quiet[-1] == sentence
    assert [text for text in rule.fires if not RuleBook([guessed]).hits(text)] == []


def test_an_exception_that_can_not_be_guessed_is_left_to_the_person() -> None:
    rule = replace(SOUP, fires=("Soup!",))
    assert with_exception(rule, "Soup!") == replace(rule, quiet=(*rule.quiet, "Soup!"))
