"""The real dictionaries: what they know, what they suggest, and what happens without them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from smassistant.errors import UserError
from smassistant.spelling.dictionaries import FOLDER, MOST_STARTS, Dictionaries
from smassistant.spelling.speller import Speller, school_words

NAMES = ("Logan", "Vantongeren", "D'Amours", "Many Grey Horses", "Siân")


@pytest.fixture(scope="module")
def dictionaries() -> Iterator[Dictionaries]:
    made = Dictionaries()
    yield made
    made.close()


@pytest.fixture
def speller(dictionaries: Dictionaries) -> Speller:
    return Speller(dictionaries, NAMES, ("Zorbling",))


def unknown(speller: Speller, text: str) -> list[str]:
    return [word.text for word in speller.unknown(text)]


# Right in one language is right


@pytest.mark.parametrize(
    "text",
    [
        "The colour of the centre’s new gymnasium doesn't matter to the neighbours.",
        "Félicitations à l'équipe ! Qu’ils étaient fiers, aujourd'hui, d’avoir joué.",
        "Les élèves ont reçu un courriel; the students were happy. Peut-on venir ?",
        "Vantongeren’s and Logan's bikes; the Vantongerens; D’Amours; Many Grey Horses; Siân",
        "vantongeren, LOGAN and zorbling",
        "Blackfoot and Kainai Elders at the coulee near Lethbridge; wi-fi, e-mail, t-shirts.",
    ],
)
def test_nothing_is_wrong_with_right_words(speller: Speller, text: str) -> None:
    assert unknown(speller, text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("We recieve teh color", ["recieve", "teh", "color"]),
        ("Les élèvves de l’écolle", ["élèvves", "l'écolle"]),
        ("a well-knwon fact", ["well-knwon"]),
    ],
)
def test_wrong_words_are_found(speller: Speller, text: str, wrong: list[str]) -> None:
    assert unknown(speller, text) == wrong


def test_places_are_code_points(speller: Speller) -> None:
    text = "😀👩🏽‍🚀 cafe\u0301 teh"
    (word,) = speller.unknown(text)
    assert text[word.start : word.end] == "teh"


def test_every_school_word_is_right(speller: Speller) -> None:
    assert len(school_words()) > 150
    assert unknown(speller, " ".join(school_words())) == []


def test_a_monstrous_word_is_let_be(speller: Speller) -> None:
    assert unknown(speller, "a" * 20_000) == []
    assert speller.suggestions("a" * 20_000) == ()


# Suggestions


def test_suggestions_are_in_the_language_of_the_paragraph(speller: Speller) -> None:
    english, french = "We had a nice acceuil at the school", "Merci pour votre acceuil à l’école"
    assert (speller.language(english), speller.language(french)) == ("en", "fr")
    assert speller.language("xqzzk") == ""
    assert speller.suggestions("acceuil", french)[0] == "accueil"
    assert "accueil" not in speller.suggestions("acceuil", english)


@pytest.mark.parametrize(
    ("word", "near", "meant"),
    [
        ("tommorow", "We come back tommorow", "tomorrow"),
        ("l’évenement", "Voici l’évenement de la semaine", "l'événement"),
        ("Lethbrigde", "A trip to Lethbrigde", "Lethbridge"),
        ("zorblign", "Our zorblign club", "Zorbling"),
        ("bibliotèque", "bibliotèque", "bibliothèque"),
        ("recieve", "recieve", "receive"),
    ],
)
def test_what_is_meant_is_suggested(speller: Speller, word: str, near: str, meant: str) -> None:
    found = speller.suggestions(word, near)
    assert meant in found
    assert len(found) <= 5


# Without dictionaries


def copy_of_the_dictionaries(folder: Path) -> Path:
    copied = folder / "dictionaries"
    shutil.copytree(FOLDER, copied)
    return copied


def cut_short(folder: Path) -> None:
    book = folder / "fr.dic"
    book.write_bytes(book.read_bytes()[: book.stat().st_size // 2])


def garble(folder: Path) -> None:
    (folder / "en_CA.dic").write_bytes(bytes(range(256)) * 400)


def empty(folder: Path) -> None:
    (folder / "en_CA.aff").write_bytes(b"")
    (folder / "en_CA.dic").write_bytes(b"")


def take_away(folder: Path) -> None:
    (folder / "fr.aff").unlink()


@pytest.mark.parametrize("damage", [cut_short, garble, empty, take_away])
def test_a_broken_dictionary_switches_spelling_off(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    folder = copy_of_the_dictionaries(tmp_path)
    damage(folder)
    broken = Dictionaries(folder)
    for _again in range(2):
        with pytest.raises(UserError, match="Spelling is not checked"):
            broken.languages(["school"])
    broken.close()


def test_dictionaries_may_lie_anywhere(tmp_path: Path) -> None:
    folder = copy_of_the_dictionaries(tmp_path).rename(tmp_path / "dossier de l’École 学校")
    elsewhere = Dictionaries(folder)
    assert elsewhere.languages(["colour"]) == {"colour": ("en",)}
    elsewhere.close()


def test_a_process_that_dies_is_started_again_but_not_for_ever() -> None:
    dictionaries = Dictionaries()
    for number in range(MOST_STARTS):
        assert dictionaries.suggestions("colur", "en")[0] == "colour", number
        process = dictionaries._process
        assert process is not None
        process.kill()
        process.wait()
    with pytest.raises(UserError):
        dictionaries.suggestions("colur", "en")
    dictionaries.close()


def test_nothing_is_started_before_a_word_is_asked_for_and_nothing_is_left() -> None:
    dictionaries = Dictionaries()
    assert dictionaries._process is None
    dictionaries.check()
    process = dictionaries._process
    assert process is not None
    dictionaries.close()
    assert process.poll() is not None
    with pytest.raises(UserError):
        dictionaries.languages(["colour"])
