"""Posting, finding and removing, on a real Bluesky server and on the practice network."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
import requests

from smassistant.connectors.bluesky import Bluesky
from smassistant.connectors.http import Http
from smassistant.errors import Cancelled
from smassistant.jobs import Task
from smassistant.ports import MP4, Parcel, ParcelPicture, SurelyRefused, TryLater, Uncertain
from smassistant.practice.network import PracticeNetwork
from tests.doubles.raw_server import RawServer, answering
from tests.unit.connectors.conftest import (
    NOW,
    PRACTICE_PASSWORD,
    Host,
    account_on,
    jpeg,
    no_pause,
    some_picture,
    some_text,
)
from tests.unit.imaging.films import film, flat


def test_identify_tells_the_handle(host: Host, connector: Bluesky) -> None:
    assert connector.identify(host.account, host.secret) == "oakprimary.test"
    with_at = replace(host.account, handle="@oakprimary.test ")
    assert connector.identify(with_at, host.secret) == "oakprimary.test"


def test_wrong_password_is_refused_in_plain_words(host: Host, connector: Bluesky) -> None:
    with pytest.raises(SurelyRefused, match="does not accept") as caught:
        connector.identify(host.account, "wrong-pass-word-1234")
    assert "wrong-pass" not in str(caught.value)
    assert "app password" in caught.value.next_step


def test_post_with_picture_is_read_back_whole(host: Host, connector: Bluesky) -> None:
    picture = some_picture()
    parcel = Parcel("🎉 Réunion #Fête https://example.ca/a", (picture,))
    marker = connector.marker(parcel, host.account, NOW)
    part = connector.upload(picture, host.account, host.secret, Task())
    sent = connector.send(parcel, host.account, host.secret, marker, {"p1": part})

    record = host.record(marker["rkey"])
    assert record["text"] == parcel.text
    assert record["createdAt"] == "2026-11-24T15:30:00.000Z"
    (image,) = record["embed"]["images"]
    assert image["alt"] == picture.alt_text
    assert image["aspectRatio"] == {"width": 320, "height": 200}
    stored = host.ask(
        "com.atproto.sync.getBlob",
        did=sent.remote_id.split("/")[2],
        cid=image["image"]["ref"]["$link"],
    )
    assert stored.content == picture.data
    shown = {
        parcel.text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        for facet in record["facets"]
    }
    assert shown == {"#Fête", "https://example.ca/a"}
    assert requests.get(sent.url, timeout=10).status_code == 200
    assert requests.get(sent.url, timeout=10).text.count("Two cakes on a table") >= 1


def test_mentions_are_resolved_or_left_as_text(host: Host, connector: Bluesky) -> None:
    parcel = Parcel(f"{some_text()} @oakprimary.test and @nobody.test, office@oakprimary.test")
    marker = connector.marker(parcel, host.account, NOW)
    sent = connector.send(parcel, host.account, host.secret, marker, {})
    (facet,) = host.record(marker["rkey"])["facets"]
    assert facet["features"][0]["did"] == sent.remote_id.split("/")[2]


def test_sending_twice_makes_one_post(host: Host, connector: Bluesky) -> None:
    parcel = Parcel(some_text())
    marker = connector.marker(parcel, host.account, NOW)
    first = connector.send(parcel, host.account, host.secret, marker, {})
    assert connector.send(parcel, host.account, host.secret, marker, {}) == first
    assert host.count(parcel.text) == 1


def test_find_proves_absence_and_presence(host: Host, connector: Bluesky) -> None:
    parcel = Parcel(some_text())
    marker = connector.marker(parcel, host.account, NOW)
    assert connector.find(host.account, host.secret, marker) is None
    sent = connector.send(parcel, host.account, host.secret, marker, {})
    assert connector.find(host.account, host.secret, marker) == sent
    # Another program, which has only the written-down marker, finds it too.
    assert Bluesky().find(host.account, host.secret, dict(marker)) == sent


def test_removing_twice_is_no_error(host: Host, connector: Bluesky) -> None:
    parcel = Parcel(some_text())
    marker = connector.marker(parcel, host.account, NOW)
    sent = connector.send(parcel, host.account, host.secret, marker, {})
    connector.remove(host.account, host.secret, sent.remote_id)
    assert connector.find(host.account, host.secret, marker) is None
    connector.remove(host.account, host.secret, sent.remote_id)
    assert host.count(parcel.text) == 0


def test_post_of_another_account_is_not_removed(host: Host, connector: Bluesky) -> None:
    with pytest.raises(SurelyRefused, match="does not belong"):
        connector.remove(
            host.account, host.secret, "at://did:plc:other/app.bsky.feed.post/3mbchba2jis2l"
        )


def test_too_long_text_is_refused(host: Host, connector: Bluesky) -> None:
    families = "👩‍👩‍👧‍👦" * 100 + "é" * 200
    for text, fits in (
        ("x" * 300, True),
        ("x" * 301, False),
        (families, True),
        (families + "!", False),
    ):
        parcel = Parcel(text)
        marker = connector.marker(parcel, host.account, NOW)
        if fits:
            assert connector.send(parcel, host.account, host.secret, marker, {}).url
            continue
        with pytest.raises(SurelyRefused, match="too long"):
            connector.send(parcel, host.account, host.secret, marker, {})
        assert connector.find(host.account, host.secret, marker) is None


def test_what_the_server_refuses_is_told(host: Host, connector: Bluesky) -> None:
    five = tuple(some_picture(f"p{number}") for number in range(5))
    part = connector.upload(five[0], host.account, host.secret, Task())
    parts = dict.fromkeys((picture.id for picture in five), part)
    no_size = replace(five[0], width=0)
    for pictures, words in ((five, "too many pictures"), ((no_size,), "refused")):
        parcel = Parcel(some_text(), pictures)
        marker = connector.marker(parcel, host.account, NOW)
        with pytest.raises(SurelyRefused, match=words):
            connector.send(parcel, host.account, host.secret, marker, parts)
        assert host.count(parcel.text) == 0


def test_huge_picture_is_refused_at_upload(host: Host, connector: Bluesky) -> None:
    picture = replace(some_picture(), data=jpeg() + bytes(5_500_000))
    with pytest.raises((SurelyRefused, TryLater)) as caught:
        connector.upload(picture, host.account, host.secret, Task())
    assert "too large" in caught.value.title or isinstance(caught.value, TryLater)


def test_forgotten_pictures_are_uploaded_again(host: Host, connector: Bluesky) -> None:
    """A server drops pictures no post uses: the reference is right, the bytes are gone."""
    kept, lost = some_picture("kept"), some_picture("lost", "Empty plate")
    part = connector.upload(kept, host.account, host.secret, Task())
    other = Bluesky()
    # The reference of a picture that this server has never seen, as a real server computes it.
    lost_part = json.loads(part) | {"ref": {"$link": _cid(lost.data)}, "size": len(lost.data)}
    parcel = Parcel(some_text(), (kept, lost))
    marker = other.marker(parcel, host.account, NOW)
    parts = {"kept": part, "lost": json.dumps(lost_part)}
    other.send(parcel, host.account, host.secret, marker, parts)
    images = host.record(marker["rkey"])["embed"]["images"]
    assert [image["alt"] for image in images] == [kept.alt_text, "Empty plate"]
    assert host.count(parcel.text) == 1


def _cid(data: bytes) -> str:
    raw = bytes((1, 0x55, 0x12, 32)) + hashlib.sha256(data).digest()
    return "b" + base64.b32encode(raw).decode().rstrip("=").lower()


def test_picture_that_was_never_uploaded_is_not_sent(host: Host, connector: Bluesky) -> None:
    parcel = Parcel(some_text(), (some_picture(),))
    marker = connector.marker(parcel, host.account, NOW)
    for parts in ({}, {"p1": "not JSON"}, {"p1": '{"ref": 1}'}):
        with pytest.raises(SurelyRefused, match="not been uploaded"):
            connector.send(parcel, host.account, host.secret, marker, parts)
    assert host.count(parcel.text) == 0


def test_marker_of_another_text_is_refused(host: Host, connector: Bluesky) -> None:
    marker = connector.marker(Parcel(some_text()), host.account, NOW)
    other = Parcel(some_text())
    with pytest.raises(SurelyRefused, match="no longer"):
        connector.send(other, host.account, host.secret, marker, {})
    assert host.count(other.text) == 0


def test_broken_characters_still_go_out(host: Host, connector: Bluesky) -> None:
    parcel = Parcel(f"{some_text()} half an emoji \ud83c #Oak")
    marker = connector.marker(parcel, host.account, NOW)
    connector.send(parcel, host.account, host.secret, marker, {})
    assert connector.find(host.account, host.secret, marker) is not None


def test_upload_reports_progress(host: Host, connector: Bluesky) -> None:
    picture = replace(some_picture(), data=jpeg() + bytes(200_000))
    seen: list[tuple[int, int]] = []
    connector.upload(
        picture,
        host.account,
        host.secret,
        Task(lambda done, total, _label: seen.append((done, total))),
    )
    assert seen == sorted(seen)
    assert seen[-1] == (len(picture.data), len(picture.data))
    assert len(seen) > 5


def test_upload_can_be_cancelled(practice: PracticeNetwork, connector: Bluesky) -> None:
    """On the practice network only: half an upload ends the real test server's process."""
    account = account_on(practice.url)
    picture = replace(some_picture(), data=jpeg() + bytes(5_000_000))
    task = Task()
    task.progress = lambda done, _total, _label: task.cancel() if done > 50_000 else None
    with pytest.raises(Cancelled):
        connector.upload(picture, account, PRACTICE_PASSWORD, task)
    part = connector.upload(some_picture(), account, PRACTICE_PASSWORD, Task())
    assert json.loads(part)["size"] < 5_000_000


def test_two_posts_of_the_same_instant_have_different_keys(connector: Bluesky, host: Host) -> None:
    parcel = Parcel("Hello")
    keys = [connector.marker(parcel, host.account, NOW)["rkey"] for _number in range(3)]
    later = connector.marker(parcel, host.account, NOW + timedelta(seconds=1))["rkey"]
    assert keys == sorted(set(keys))
    assert later > keys[-1]


@pytest.mark.parametrize(
    "answered",
    [
        b'{"uri": "at://did:plc:b/app.bsky.feed.post/KEY", "cid": "c"}',
        b'{"uri": "at://did:plc:a/app.bsky.feed.post/KEY"}',
        b'{"uri": "at://did:plc:a/app.bsky.feed.post/other", "cid": "c"}',
        b'{"cid": "c"}',
        b"[]",
        b"",
    ],
)
def test_answer_that_names_no_post_proves_nothing(answered: bytes) -> None:
    sign_in = json.dumps(
        {"did": "did:plc:a", "handle": "a.test", "accessJwt": "x", "refreshJwt": "y"}
    ).encode()

    def script(line: socket.socket, request: bytes) -> None:
        answer = sign_in if b"createSession" in request else right
        answering(200, answer)(line, request)

    parcel = Parcel(some_text())
    connector = Bluesky(Http("Bluesky", pause=no_pause))
    marker = connector.marker(parcel, account_on(""), NOW)
    right = answered.replace(b"KEY", marker["rkey"].encode())
    with RawServer(script) as server:
        account = account_on(server.url)
        with pytest.raises(Uncertain):
            connector.send(parcel, account, "secret", marker, {})
        with pytest.raises(Uncertain):
            connector.find(account, "secret", marker)


def test_a_video_is_posted_whole(host: Host, connector: Bluesky) -> None:
    video = ParcelPicture("v1", film(flat, 10), 320, 240, "A disc rolls by", MP4)
    parcel = Parcel(some_text(), (video,))
    marker = connector.marker(parcel, host.account, NOW)
    part = connector.upload(video, host.account, host.secret, Task())
    sent = connector.send(parcel, host.account, host.secret, marker, {"v1": part})

    embed = host.record(marker["rkey"])["embed"]
    assert embed["$type"] == "app.bsky.embed.video"
    assert embed["alt"] == "A disc rolls by"
    assert embed["aspectRatio"] == {"width": 320, "height": 240}
    assert embed["video"]["mimeType"] == "video/mp4"
    stored = host.ask(
        "com.atproto.sync.getBlob",
        did=sent.remote_id.split("/")[2],
        cid=embed["video"]["ref"]["$link"],
    )
    assert stored.content == video.data
    assert requests.get(sent.url, timeout=10).status_code == 200
