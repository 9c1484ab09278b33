"""The stored format of posts and settings."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.findings import Anchor, Resolution, ResolutionKind
from smassistant.domain.pictures import Accounting, Box, Face, Metadata, Picture
from smassistant.domain.posts import Comment, Due, Post, PostState
from smassistant.domain.settings import Settings
from smassistant.errors import UserError
from smassistant.storage.codec import (
    POST_COLUMNS,
    decode_post,
    decode_settings,
    encode_post,
    encode_settings,
)
from tests.unit.storage.samples import POST

WORDS = st.text(max_size=8)
PART = st.floats(0, 1)
BOXES = st.builds(Box, PART, PART, PART, PART)
FACES = st.builds(
    Face, WORDS, BOXES, PART, st.none() | st.sampled_from(Accounting), st.none() | WORDS, WORDS
)
PEOPLE = st.lists(WORDS, max_size=2).map(tuple)
PICTURES = st.builds(
    Picture, WORDS, WORDS, WORDS, st.integers(1, 9), st.integers(1, 9), WORDS, WORDS,
    st.lists(FACES, max_size=2).map(tuple),
    st.builds(Metadata, st.booleans(), PEOPLE, WORDS, WORDS, WORDS), st.booleans(),
)  # fmt: skip
RESOLUTIONS = st.builds(
    Resolution, WORDS, st.builds(Anchor, WORDS, WORDS, st.integers(0, 5)),
    st.sampled_from(ResolutionKind), WORDS, WORDS, WORDS,
)  # fmt: skip
TIMES = st.datetimes(timezones=st.just(UTC))
POSTS = st.builds(
    Post, WORDS, WORDS, WORDS, st.sampled_from(PostState), WORDS,
    st.lists(PICTURES, max_size=2).map(tuple), PEOPLE,
    st.lists(RESOLUTIONS, max_size=2).map(tuple),
    st.lists(st.builds(Comment, WORDS, TIMES, WORDS), max_size=2).map(tuple),
    st.none() | st.builds(Due, st.datetimes(), WORDS), WORDS, WORDS,
)  # fmt: skip


def columns(post: Post) -> dict[str, Any]:
    return {name: getattr(post, name) for name in POST_COLUMNS}


@given(POSTS)
def test_a_post_survives_json(post: Post) -> None:
    stored = json.loads(json.dumps(encode_post(post)))
    assert decode_post(stored, columns(post)) == post


@given(st.builds(Settings, own_contacts=PEOPLE))
def test_settings_survive_json(settings: Settings) -> None:
    assert decode_settings(json.loads(json.dumps(encode_settings(settings)))) == settings


def test_settings_of_an_older_program_get_defaults_and_unknown_ones_are_left() -> None:
    assert decode_settings({"school": "Oak", "colour": "blue"}) == Settings(school="Oak")


def test_a_field_that_an_older_program_did_not_know_has_its_default() -> None:
    stored = json.loads(json.dumps(encode_post(POST)))
    del stored["pictures"][0]["looked"]
    picture = replace(POST.pictures[0], looked=False)
    assert decode_post(stored, columns(POST)) == replace(POST, pictures=(picture,))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("text"),
        lambda data: data["pictures"][0]["faces"][0].update(accounting="elf"),
        lambda data: data["pictures"][0]["faces"][0].update(box=7),
        lambda data: data["resolutions"][0].pop("code"),
        lambda data: data["comments"][0].update(at="yesterday"),
        lambda data: data.update(due=["2026"]),
    ],
)
def test_spoilt_content_is_a_user_error_without_content(spoil: Any) -> None:
    stored = json.loads(json.dumps(encode_post(POST)))
    spoil(stored)
    with pytest.raises(UserError, match="can't be read") as caught:
        decode_post(stored, columns(POST))
    assert caught.value.__suppress_context__
