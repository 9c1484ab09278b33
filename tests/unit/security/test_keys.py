"""The master key, what is derived from it, and the recovery key."""

from __future__ import annotations

import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.errors import UserError
from smassistant.security.keys import (
    ALPHABET,
    derive,
    new_master,
    read_recovery,
    recovery_text,
)

MASTER = bytes(range(32))
MASTERS = st.binary(min_size=32, max_size=32)


def test_a_new_master_key_is_new() -> None:
    assert len({new_master() for _ in range(5)}) == 5
    assert len(new_master()) == 32


def test_derived_keys_differ_by_purpose_and_master_and_stay_the_same() -> None:
    keys = [derive(MASTER, purpose) for purpose in ("database", "vault", "audit")]
    assert len({*keys, MASTER, derive(bytes(32), "vault")}) == 5
    assert all(len(key) == 32 for key in keys)
    # Changing this would lock every school out of its data.
    assert derive(MASTER, "database").hex() == (
        "4750b3e47ee53498b34de1f08c214cfb1c306f2595957eb78e5c614346b7c7be"
    )


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_master_key_of_another_length_is_a_defect(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        derive(bytes(length), "audit")
    with pytest.raises(ValueError, match="32 bytes"):
        recovery_text(bytes(length))


@given(MASTERS)
def test_a_recovery_key_gives_the_master_key_back(master: bytes) -> None:
    text = recovery_text(master)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}", text)
    assert read_recovery(text) == master


@given(MASTERS)
def test_case_spaces_and_look_alikes_do_not_matter(master: bytes) -> None:
    text = recovery_text(master)
    typed = text.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert read_recovery(f"\n {typed} \t") == master
    assert read_recovery(text.replace("-", "").replace("1", "i").replace("0", "O")) == master


def explanation(text: str) -> str:
    with pytest.raises(UserError) as caught:
        read_recovery(text)
    assert caught.value.next_step
    return caught.value.explanation


def test_a_length_that_is_wrong_is_told() -> None:
    text = recovery_text(MASTER)
    assert "56 letters and digits; 55 were typed" in explanation(text[:-1])
    assert "57 were typed" in explanation(text + "7")
    assert "0 were typed" in explanation(" - ")


@pytest.mark.parametrize("char", ["U", "é", "Ω"])
def test_a_character_that_never_occurs_is_told(char: str) -> None:
    assert char.upper() in explanation(char + recovery_text(MASTER)[1:])


@given(MASTERS, st.integers(0, 55), st.integers(1, 31))
def test_one_mistyped_character_is_found_in_its_group(master: bytes, at: int, off: int) -> None:
    digits = recovery_text(master).replace("-", "")
    other = ALPHABET[(ALPHABET.index(digits[at]) + off) % 32]
    told = explanation(digits[:at] + other + digits[at + 1 :])
    # One in ten thousand keys has a second explanation; then no group is named.
    assert told in (f"Look again at group {at // 4 + 1}.", "More than one character is not as it "
                    "was printed.")  # fmt: skip


def test_the_group_is_named_for_this_key() -> None:
    text = recovery_text(MASTER)
    assert explanation(("X" if text[0] != "X" else "Y") + text[1:]) == "Look again at group 1."


def test_another_key_altogether_is_not_accepted() -> None:
    for _ in range(20):
        made_up = "".join(secrets.choice(ALPHABET) for _ in range(56))
        assert explanation(made_up)
