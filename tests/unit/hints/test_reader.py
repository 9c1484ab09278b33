"""The trained reader: what it says of posts it never saw, and what it does when damaged."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smassistant.errors import UserError
from smassistant.hints.reader import FOLDER, HintReader, read_posts

# Written for this test; none of them is among the posts it learned from.
SENSITIVE = (
    ("legal", "Their solicitor wrote again, and we shall answer through ours, not over coffee."),
    ("controversial", "Whoever still backs that premier should hang their head, and I mean it."),
    ("policy", "The trustees changed the rule on field trips again and nobody asked the schools."),
    ("contractual", "Two of our aides were let go this week and the rest took a cut in hours."),
    ("crisis", "Everybody is out on the field, smoke is coming from the shop, stay away for now."),
    (
        "personal_information",
        "Little Anouk takes her seizure pills at noon, room 12, ask the aide.",
    ),
    ("tone", "What a bunch of pathetic losers, go home and cry to your mothers."),
    ("promotion", "Ten percent off at my sister's salon if you mention this page, message me!"),
    ("legal", "Le procès de l'ancien concierge commence lundi et deux collègues vont témoigner."),
    ("contractual", "Notre équipe de nettoyage perd deux heures de paie avec ce nouveau contrat."),
)
HARMLESS = (
    "The Grade 3 choir sings at the care home on Thursday at two.",
    "Our volleyball team is off to Taber, wish them luck!",
    "Picture day is Monday, bring a smile and a comb.",
    "Fire drill tomorrow at ten, please dress for the wind.",
    "Bake sale by the gym at lunch, everything a dollar.",
    "Merci aux parents qui ont servi les crêpes ce matin!",
    "Ilse Korhonen and Omar Haddad won the spelling bee, and Tove came third.",
    "Left to right: Ana, Leo and Hope with the pumpkin they grew.",
)


@pytest.fixture(scope="module")
def reader() -> HintReader:
    return HintReader()


@pytest.mark.parametrize(("category", "text"), SENSITIVE)
def test_a_sensitive_post_is_said_to_be_one(reader: HintReader, category: str, text: str) -> None:
    hints = reader.read(text)
    assert category in [hint.category for hint in hints]
    assert all(0 < hint.score <= 1 for hint in hints)


def test_its_reasons_are_posts_of_the_same_category(reader: HintReader) -> None:
    posts = {post["text"]: post["categories"] for post in read_posts(FOLDER / "posts")}
    for hint in reader.read(SENSITIVE[3][1]):
        assert len(hint.examples) == 2
        assert all(hint.category in posts[example] for example in hint.examples)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_post_is_left_alone(reader: HintReader, text: str) -> None:
    assert reader.read(text) == ()


def test_a_sentence_at_the_end_of_a_long_post_is_read(reader: HintReader) -> None:
    long = " ".join(HARMLESS) * 12 + " " + SENSITIVE[3][1]
    assert "contractual" in [hint.category for hint in reader.read(long)]


def test_what_the_division_called_harmless_gets_no_hint(reader: HintReader) -> None:
    text = SENSITIVE[7][1]
    taught = reader.knowing([text])
    assert reader.read(text)
    assert taught.read(text) == ()
    assert taught.read(SENSITIVE[3][1]) == reader.read(SENSITIVE[3][1])


@given(text=st.text(max_size=400))
@settings(max_examples=25)
def test_any_text_can_be_read(reader: HintReader, text: str) -> None:
    for hint in reader.read(text):
        assert hint.category
        assert 0 < hint.score <= 1


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "hints"))


@pytest.mark.parametrize("name", ["model.onnx", "pieces.tsv", "meanings.npz", "card.json"])
def test_a_missing_or_damaged_file_is_told_by_name(copied: Path, name: str) -> None:
    whole = (copied / name).read_bytes()
    (copied / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="missing or damaged") as told:
        HintReader(copied)
    assert name in told.value.title
    (copied / name).unlink()
    with pytest.raises(UserError, match="missing or damaged") as told:
        HintReader(copied)
    assert name in told.value.title


def test_changed_posts_are_noticed(copied: Path) -> None:
    posts = next((copied / "posts").glob("*.jsonl"))
    posts.write_text(posts.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    with pytest.raises(UserError, match=posts.name):
        HintReader(copied)


def test_without_the_library_the_rules_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(UserError, match="onnxruntime") as told:
        HintReader()
    assert told.value.explanation == "The rules go on working."


def test_the_posts_it_learned_from_are_many_and_half_of_them_harmless() -> None:
    posts = read_posts(FOLDER / "posts")
    known = set(json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))["categories"])
    assert len(posts) >= 3_000
    assert len({post["text"] for post in posts}) == len(posts)
    assert 0.4 < sum(not post["categories"] for post in posts) / len(posts) < 0.6
    assert all(set(post["categories"]) <= known for post in posts)


def test_the_library_is_told_to_report_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import onnxruntime

    told: list[bool] = []
    monkeypatch.setattr(onnxruntime, "disable_telemetry_events", lambda: told.append(True))
    HintReader()
    assert told == [True]
