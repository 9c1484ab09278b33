"""Fingerprints, matches and bars as they are stored, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from smassistant.domain.sightings import Bar, Cause, Fingerprint, Match
from smassistant.errors import Clash
from smassistant.ports import Change
from smassistant.storage.store import SqlStore
from tests.unit.storage.samples import NOON, PICTURE, POST

PRINT = Fingerprint(-(2**63), b"\x00features", b"mirrored")
MATCH = Match("ph-2", "ph-1", 210, 0.875, True, (-1.0, 0.0, 1.0, 0.0, 1.0, 1 / 3))
BAR = Bar("b-1", "ph-1", "post-1", "Oak Primary", Cause.TAKEN_DOWN, "ça suffit", "u-lee", NOON)


def add_photos(store: SqlStore, *ids: str) -> None:
    with store.write() as work:
        for photo_id in ids:
            work.photos.add(photo_id, b"jpeg")


def test_fingerprints_come_back_and_are_read_page_by_page(store: SqlStore) -> None:
    told: list[tuple[Change, ...]] = []
    store.subscribe(told.append)
    with store.write() as work:
        for number in range(5):
            work.sightings.add_print(f"ph-{number}", replace(PRINT, features=bytes([number])))
        work.sightings.add_print("ph-0", PRINT)  # kept already
    with store.read() as work:
        assert work.sightings.print_of("ph-1") == replace(PRINT, features=b"\x01")
        assert work.sightings.print_of("nothing") is None
        assert work.sightings.prints("", 2) == (("ph-0", b"\x00"), ("ph-1", b"\x01"))
        assert work.sightings.prints("ph-3", 2) == (("ph-4", b"\x04"),)
        assert work.sightings.states(["ph-4", "other"]) == {"ph-4": False}
    assert Change("sightings", "ph-4") in told[0]


def test_matches_are_found_from_both_pictures(store: SqlStore) -> None:
    with store.write() as work:
        work.sightings.add_print("ph-2", PRINT)
        work.sightings.set_matches("ph-2", [replace(MATCH, inliers=1)])
    with store.write() as work:
        work.sightings.set_matches("ph-2", [MATCH])  # the last word counts
    with store.read() as work:
        assert work.sightings.matches_of(["ph-1"]) == (MATCH,)
        assert work.sightings.matches_of(["ph-2"]) == (MATCH,)
        assert work.sightings.matches_of(["ph-3"]) == ()
        assert work.sightings.states(["ph-1", "ph-2"]) == {"ph-2": True}


def test_bars_are_lifted_once(store: SqlStore) -> None:
    later = replace(BAR, id="b-2", at=NOON + timedelta(days=1), cause=Cause.REFUSED)
    with store.write() as work:
        work.bars.add(BAR)
        work.bars.add(later)
    with store.read() as work:
        assert work.bars.get("b-1") == BAR
        assert work.bars.of_photos(["ph-1", "other"]) == (later, BAR)
        assert work.bars.list() == (later, BAR)
    lifted = replace(BAR, lifted_by="u-lou", lifted_at=NOON, lifted_reason="a new consent")
    with store.write() as work:
        assert work.bars.save(lifted).version == 1
    with pytest.raises(Clash), store.write() as work:
        work.bars.save(lifted)
    with store.read() as work:
        assert work.bars.list() == (later,)
        assert not work.bars.list(standing_only=False)[1].stands


def test_what_belongs_to_gone_photos_is_forgotten_unless_a_bar_stands(store: SqlStore) -> None:
    add_photos(store, "ph-2")
    with store.write() as work:
        for photo_id in ("ph-1", "ph-2", "ph-3"):
            work.sightings.add_print(photo_id, PRINT)
        work.sightings.set_matches("ph-2", [MATCH, replace(MATCH, other_id="ph-3")])
        work.bars.add(BAR)
        work.bars.add(replace(BAR, id="b-2", photo_id="ph-3", lifted_at=NOON))
    with store.write() as work:
        assert work.sightings.sweep() == 1  # ph-3: gone, its bar lifted
    with store.read() as work:
        assert work.sightings.print_of("ph-1") == PRINT
        assert work.sightings.print_of("ph-3") is None
        assert work.sightings.matches_of(["ph-2"]) == (MATCH,)
        assert work.bars.list(standing_only=False) == (BAR,)


def test_posts_are_found_by_the_photos_in_them(store: SqlStore) -> None:
    other = replace(POST, id="post-2", pictures=(replace(PICTURE, photo_id="ph-10"),))
    with store.write() as work:
        work.posts.add(POST)
        work.posts.add(other)
    with store.read() as work:
        assert [post.id for post in work.posts.showing(["ph-1"])] == ["post-1"]
        assert work.posts.showing(["ph-2"]) == ()  # that of its clip is no picture
        assert {post.id for post in work.posts.showing(["ph-1", "ph-10"])} == {"post-1", "post-2"}
        assert work.posts.showing([]) == ()
