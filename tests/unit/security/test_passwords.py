"""Passwords: hashed well, judged in plain words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.security.passwords import ArgonPasswords

PASSWORDS = ArgonPasswords(cheap=True)


def test_a_password_matches_its_own_hash_only() -> None:
    stored = PASSWORDS.hash("a grey heron walks")
    assert stored.startswith("$argon2id$")
    assert PASSWORDS.matches(stored, "a grey heron walks")
    assert not PASSWORDS.matches(stored, "a grey heron walk")
    assert not PASSWORDS.matches(stored, "")
    assert PASSWORDS.hash("a grey heron walks") != stored


def test_an_accent_typed_on_another_system_is_the_same() -> None:
    assert PASSWORDS.matches(PASSWORDS.hash("caf\u00e9 au lait"), "cafe\u0301 au lait")


@given(st.text(max_size=100, alphabet=st.characters()))
def test_any_text_can_be_a_password(password: str) -> None:
    assert PASSWORDS.matches(PASSWORDS.hash(password), password)
    assert isinstance(PASSWORDS.weakness(password), str)


@pytest.mark.parametrize("stored", ["", "plain", "$argon2id$v=19$m=8,t=1,p=1$x$y", "$2b$12$abc"])
def test_a_stored_hash_that_is_none_matches_nothing(stored: str) -> None:
    assert not PASSWORDS.matches(stored, "plain")
    assert not PASSWORDS.matches(stored, "")


def test_an_unknown_user_matches_nothing() -> None:
    assert not PASSWORDS.matches(None, "")
    assert not PASSWORDS.matches(None, "anything")


def test_an_unknown_user_takes_as_long_as_a_known_one() -> None:
    passwords = ArgonPasswords()
    stored = passwords.hash("a grey heron walks")
    assert "$m=65536,t=3,p=4$" in stored

    def processor_time(known: str | None) -> float:
        begin = time.process_time()
        assert not passwords.matches(known, "wrong")
        return time.process_time() - begin

    known = min(processor_time(stored) for _ in range(3))
    unknown = min(processor_time(None) for _ in range(3))
    assert 0.5 < unknown / known < 2


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "at least 12"),
        ("kX9!vQ2#pL", "at least 12"),
        ("password1234", "common word"),
        ("Oak Primary 1", "known about you"),
        ("zoeobrien2024", "known about you"),
        ("qwertyuiop[]", "neighbouring keys"),
        ("aaaaaaaaaaaa", "Repeated"),
        ("abcdefghijkl", "Sequences"),
        ("a" * 5000, "Repeated"),
    ],
)
def test_a_weak_password_is_told_why(password: str, reason: str) -> None:
    own = ("Zoe O'Brien", "zoeobrien", "Oak Primary")
    assert reason in PASSWORDS.weakness(password, own)


@pytest.mark.parametrize(
    "password",
    [
        "heron gravel piano",
        "Tr7&kd0!mQz2xw",
        "le hibou mange du béton",
        "x9" * 3 + "heron gravel" * 9,
    ],
)
def test_a_strong_password_is_let_through(password: str) -> None:
    assert PASSWORDS.weakness(password, ("Zoe", "Oak Primary")) == ""
