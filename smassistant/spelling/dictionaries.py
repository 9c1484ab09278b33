"""The dictionaries, asked in the process that holds them (see `child`)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Any

from smassistant.errors import UserError
from smassistant.i18n import _

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "dictionaries"
CHILD = Path(__file__).with_name("child.py")
MOST_STARTS = 3  # a word that breaks Hunspell must not make it start for ever
MOST_REMEMBERED = 50_000  # words
LONGEST_WORD = 60  # longer ones are no words of a language
LANGUAGES = ("en", "fr")


class Dictionaries:
    """English and French; started when the first word is asked for. Thread-safe."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._starts = 0
        self._closed = False
        self._remembered: dict[str, tuple[str, ...]] = {}

    def languages(self, words: Collection[str]) -> dict[str, tuple[str, ...]]:
        """For each word the languages that know it. Raises UserError where spelling is off."""
        with self._lock:
            missing = [
                word
                for word in dict.fromkeys(words)
                if word not in self._remembered and len(word) <= LONGEST_WORD
            ]
            if len(self._remembered) + len(missing) > MOST_REMEMBERED:
                self._remembered.clear()
                missing = [word for word in dict.fromkeys(words) if len(word) <= LONGEST_WORD]
            if missing:
                found = self._ask({"check": missing})
                self._remembered.update((word, tuple(found[word])) for word in missing)
            return {word: self._remembered.get(word, LANGUAGES) for word in words}

    def suggestions(self, word: str, language: str) -> tuple[str, ...]:
        """At most five words of `language` that may be meant, likeliest first; up to a second."""
        if len(word) > LONGEST_WORD:
            return ()
        with self._lock:
            return tuple(self._ask({"suggest": word, "language": language})["words"])

    def check(self) -> None:
        """Read the dictionaries if nobody has yet. Raises UserError where that can't be done."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the process, for good; an answer that is waited for never comes."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()  # it holds nothing that could be lost
        with self._lock:
            self._drop()

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        process = self._running()
        try:
            return self._answer(process, json.dumps(question))
        except (OSError, ValueError):
            self._drop()
            raise _trouble("") from None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._drop()
        if self._closed or self._starts == MOST_STARTS:
            raise _trouble("")
        self._starts += 1
        try:
            self._process = _start(self._folder)
            answer = self._answer(self._process, "")
        except (OSError, ValueError):
            self._drop()
            raise _trouble("") from None
        if "trouble" in answer:
            self._drop()
            self._starts = MOST_STARTS
            raise _trouble(answer["trouble"])
        return self._process

    def _answer(self, process: subprocess.Popen[str], question: str) -> dict[str, Any]:
        """What the process answers; raises OSError or ValueError when it is no more."""
        if process.stdin is None or process.stdout is None:
            raise OSError
        if question:
            process.stdin.write(question + "\n")
            process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if not isinstance(answer, dict):
            raise ValueError
        return answer

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was not sent yet is lost with the process


def _start(folder: Path) -> subprocess.Popen[str]:
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of Windows: no console beside ours
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", str(CHILD), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        creationflags=flags,
    )


def _trouble(what: str) -> UserError:
    """Why spelling is off."""
    return UserError(
        _("Spelling is not checked."),
        _("A dictionary is missing or damaged: {what}.").format(what=what)
        if what
        else _("The dictionaries could not be read."),
        _("Everything else works. Install the program again to get it back."),
    )
