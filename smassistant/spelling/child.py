"""The process that holds the dictionaries: one line of JSON in, one line of JSON out.

A program of its own, since Hunspell keeps every other thread waiting: up to a second for its
suggestions, and a tenth of one while it reads a dictionary. It also outlives no broken file.
Argument: the folder of the dictionaries.
"""

from __future__ import annotations

import json
import sys
from typing import Any

# Two words from each end of a dictionary; one that was cut short or garbled knows none of them.
BOOKS = {
    "en": ("en_CA", ("school", "colour", "zoology", "asked")),
    "fr": ("fr", ("école", "nous", "zoologie", "abeille")),
}
NO_WORD = "xqzzkw"
MOST = 5  # suggestions


def main() -> None:
    """Say "ready" or what is missing, then answer until nobody asks any more."""
    try:
        books = read_books(sys.argv[1])
    except (ImportError, ValueError) as error:
        _say({"trouble": str(error)})
        return
    _say({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        if "check" in asked:
            _say({word: known_in(books, word) for word in asked["check"]})
        else:
            book = books[asked["language"]]
            _say({"words": book.suggest(asked["suggest"])[:MOST]})


def read_books(folder: str) -> dict[str, Any]:
    """Both dictionaries. Raises ValueError with the name of one that is missing or damaged."""
    from hunspell import Hunspell

    books = {}
    for language, (name, sure) in BOOKS.items():
        try:
            book = Hunspell(name, hunspell_data_dir=folder, system_encoding="UTF-8")
        except OSError:
            raise ValueError(name) from None
        if not all(book.spell(word) for word in sure) or book.spell(NO_WORD):
            raise ValueError(name)
        books[language] = book
    return books


def known_in(books: dict[str, Any], word: str) -> list[str]:
    """The languages that know `word`."""
    return [language for language, book in books.items() if book.spell(word)]


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
