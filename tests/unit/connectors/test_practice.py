"""The practice network's own side: its pages, and what it refuses."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import requests

from smassistant.connectors.bluesky import Bluesky
from smassistant.i18n import set_language
from smassistant.jobs import Task
from smassistant.ports import Parcel
from smassistant.practice.network import PracticeNetwork
from smassistant.practice.repository import TOKEN_LIFE, Repository
from smassistant.practice.rules import Refusal, check_post, graphemes
from tests.unit.connectors.conftest import PRACTICE_PASSWORD, account_on, some_picture, some_text

POST = {"text": "Hi", "createdAt": "2026-11-24T15:30:00.000Z"}


def publish(practice: PracticeNetwork, text: str, alt_text: str = "A cake") -> str:
    """The address of a new post with one picture."""
    connector, account = Bluesky(), account_on(practice.url)
    picture = some_picture("p", alt_text)
    parcel = Parcel(text, (picture,))
    marker = connector.marker(parcel, account, datetime.now(UTC))
    part = connector.upload(picture, account, PRACTICE_PASSWORD, Task())
    return connector.send(parcel, account, PRACTICE_PASSWORD, marker, {"p": part}).url


def test_post_is_shown_with_picture_and_description(practice: PracticeNetwork) -> None:
    text = f"{some_text()} https://example.ca/a?b=1&c=2 <script>alert(1)</script>"
    address = publish(practice, text, 'Two "cakes" <b>')
    assert address.startswith(f"{practice.url}/profile/oakprimary.test/post/")
    for page in (requests.get(address, timeout=10), requests.get(practice.url, timeout=10)):
        assert page.status_code == 200
        assert "practice network on this computer" in page.text
        assert '<a href="https://example.ca/a?b=1&amp;c=2" rel="noopener">' in page.text
        assert 'alt="Two &quot;cakes&quot; &lt;b&gt;"' in page.text
        assert "<script>" not in page.text
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    source = page.text.split('<img src="')[1].split('"')[0].replace("&amp;", "&")
    picture = requests.get(practice.url + source, timeout=10)
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.content.startswith(b"\xff\xd8")


def test_removed_post_is_gone_for_readers(practice: PracticeNetwork) -> None:
    address = publish(practice, some_text())
    key = address.rpartition("/")[2]
    practice.repository.delete(practice.repository.did, "app.bsky.feed.post", key)
    page = requests.get(address, timeout=10)
    assert page.status_code == 404
    assert "no post here" in page.text


def test_pages_speak_the_chosen_language(practice: PracticeNetwork) -> None:
    set_language("fr")
    assert '<html lang="fr">' in requests.get(practice.url, timeout=10).text


@pytest.mark.parametrize(
    "path", ["/x", "/profile/a/post/b/c", "/profile/other.test/post/x", "/xrpc/"]
)
def test_other_pages_are_missing(practice: PracticeNetwork, path: str) -> None:
    assert requests.get(practice.url + path, timeout=10).status_code == 404


def test_foreign_host_names_are_turned_away(practice: PracticeNetwork) -> None:
    answer = requests.get(practice.url, headers={"Host": "evil.example:80"}, timeout=10)
    assert answer.status_code == 421


def test_it_stops_and_starts_again() -> None:
    network = PracticeNetwork("oak.test", "x")
    network.stop()
    with network:
        assert requests.get(network.url, timeout=10).ok
    with pytest.raises(RuntimeError):
        _ = network.url
    with network:
        assert requests.get(network.url, timeout=10).ok


@pytest.mark.parametrize(
    ("call", "body", "status", "error"),
    [
        ("com.atproto.repo.putRecord", b"{}", 401, "AuthMissing"),
        ("com.atproto.server.createSession", b"{", 400, "SyntaxError"),
        ("com.atproto.server.createSession", b"[]", 400, "InvalidRequest"),
        ("com.atproto.server.createSession", b'{"identifier": "x"}', 400, "InvalidRequest"),
        ("com.atproto.server.refreshSession", b"", 400, "ExpiredToken"),
        ("com.atproto.unknown", b"{}", 400, "InvalidRequest"),
    ],
)
def test_bad_calls_are_refused_as_a_real_server_does(
    practice: PracticeNetwork, call: str, body: bytes, status: int, error: str
) -> None:
    answer = requests.post(f"{practice.url}/xrpc/{call}", body, timeout=10)
    assert answer.status_code == status
    assert answer.json()["error"] == error


def test_tokens_run_out() -> None:
    now = [0.0]
    repository = Repository("oak.test", "x", monotonic=lambda: now[0])
    session = repository.sign_in("oak.test", "x")
    repository.authorize(session["accessJwt"])
    now[0] = TOKEN_LIFE + 1
    with pytest.raises(Refusal, match="expired"):
        repository.authorize(session["accessJwt"])
    again = repository.refresh(session["refreshJwt"])
    repository.authorize(again["accessJwt"])
    with pytest.raises(Refusal, match="revoked"):
        repository.refresh(session["refreshJwt"])
    with pytest.raises(Refusal, match="verified"):
        repository.authorize("made-up")


IMAGE = {"alt": "", "image": {"$type": "blob", "mimeType": "image/jpeg", "size": 1}}


def embed(**changes: object) -> dict[str, object]:
    return {"embed": {"images": [IMAGE | changes]}}


@pytest.mark.parametrize(
    "changes",
    [
        {"text": None},
        {"text": "x" * 301},
        {"createdAt": "yesterday"},
        {"createdAt": "2026-11-24"},
        {"$type": "other"},
        {"facets": 1},
        {"facets": [1]},
        {"facets": [{"index": {"byteStart": -1, "byteEnd": 1}, "features": []}]},
        {"facets": [{"index": {"byteStart": 0, "byteEnd": 1}, "features": [1]}]},
        {"embed": {}},
        {"embed": {"images": [IMAGE] * 5}},
        embed(alt=None),
        embed(image=None),
        embed(aspectRatio={"width": 0, "height": 1}),
        embed(image={"$type": "blob", "mimeType": "text/plain", "size": 1}),
        embed(image={"$type": "blob", "mimeType": "image/png", "size": 1_000_001}),
    ],
)
def test_records_that_are_refused(changes: dict[str, object]) -> None:
    assert list(check_post(POST | embed()))
    with pytest.raises(Refusal):
        list(check_post(json.loads(json.dumps(POST | changes))))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("👩‍👩‍👧‍👦", 1),
        ("👍🏽", 1),
        ("🇨🇦🇫🇷", 2),
        ("\r\n", 1),
        ("☀️", 1),
    ],
)
def test_length_as_readers_count(text: str, length: int) -> None:
    assert graphemes(text) == length
