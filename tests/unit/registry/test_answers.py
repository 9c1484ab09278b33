"""Answers: only a plain yes permits."""

from __future__ import annotations

import pytest

from smassistant.registry.answers import Reply, reply_of

YES = """yes|Yes|YES.|y|Y|true|TRUE|1|1.0|granted|oui|Oui!|o|vrai|Yes, I give permission|I consent
Je consens|J’accepte|Oui, j'autorise|yes - I agree|I give my consent|accordé|Permission granted"""
NO = """no|No.|n|N|false|0|0.0|refused|non|Non|faux|No, I do not give permission|I don't consent
je n'autorise pas|Je ne consens pas|n’autorise pas|Refusé|declined|withdrawn|NOT GRANTED"""
UNCLEAR = """yes, but not on Facebook|yes?|yes*|yes/no|yes no|no, I give permission|maybe|x|2|-1
only the website|yes (school only)|see note|n/a|-|oui sauf Facebook|yes\u00b9|\u00b9
yes if asked|non oui
yess|no yes|yes yes|I consent unless|ask mother first|restricted|#N/A|01|1,0,1"""


def split(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in line.split("|")]


@pytest.mark.parametrize("text", split(YES))
def test_plain_yes_permits(text: str) -> None:
    assert reply_of(text) is Reply.YES


@pytest.mark.parametrize("text", split(NO))
def test_plain_no_refuses(text: str) -> None:
    assert reply_of(text) is Reply.NO


@pytest.mark.parametrize("text", split(UNCLEAR))
def test_anything_else_is_unclear(text: str) -> None:
    assert reply_of(text) is Reply.UNCLEAR


def test_blank_is_its_own_answer() -> None:
    assert reply_of("") is Reply.BLANK


def test_own_answers_beat_known_ones_and_keep_their_doubts() -> None:
    values = {"level 3": True, "y": False}

    assert reply_of("Level 3", values) is Reply.YES
    assert reply_of("Y", values) is Reply.NO
    assert reply_of("Level 3?", values) is Reply.UNCLEAR
    assert reply_of("yes", values) is Reply.YES
