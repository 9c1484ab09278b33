"""Signing in: which server is spoken to, how often, and which secrets are taken."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from smassistant.connectors.bluesky import Bluesky
from smassistant.connectors.refusals import own_words
from smassistant.domain.places import Account
from smassistant.ports import Parcel, Sent, SurelyRefused, TryLater
from tests.doubles.raw_server import RawServer, answering
from tests.doubles.scripted_http import ScriptedHttp
from tests.servers.bluesky import Bluesky as BlueskyServer
from tests.servers.faults import FaultProxy
from tests.unit.connectors.conftest import NOW, Host, account_on, some_text

DID = "did:plc:abcdefghijklmnopqrstuvwx"
PARCEL = Parcel("Hello")


def token(scope: str) -> str:
    claims = base64.urlsafe_b64encode(json.dumps({"scope": scope}).encode()).decode().rstrip("=")
    return f"e30.{claims}.sig"


def session(**changes: object) -> dict[str, object]:
    """What a server on the internet answers to a sign-in."""
    tokens = {"accessJwt": token("com.atproto.appPass"), "refreshJwt": "refresh"}
    return {"did": DID, "handle": "oak.school.ca", **tokens, **changes}


def document(endpoint: str) -> dict[str, object]:
    entry = {"id": "#atproto_pds", "type": "x", "serviceEndpoint": endpoint}
    return {"service": [{"id": "#other", "serviceEndpoint": "https://no.example"}, entry]}


def on_the_internet(service: str = "") -> Account:
    return account_on(service, "oak.school.ca")


def send(http: ScriptedHttp, account: Account) -> Sent:
    connector = Bluesky(http)
    marker = connector.marker(PARCEL, account, NOW)
    http._answers = {  # the key is made above
        **http._answers,
        "putRecord": (200, {"uri": f"at://{DID}/app.bsky.feed.post/{marker['rkey']}", "cid": "b"}),
    }
    return connector.send(PARCEL, account, "abcd-efgh", marker, {})


def test_posts_go_to_the_accounts_own_server_and_are_read_on_bluesky() -> None:
    own = "https://morel.us-east.host.example"
    http = ScriptedHttp({"createSession": (200, session(didDoc=document(own)))})
    sent = send(http, on_the_internet())
    assert [asked.url for asked in http.asked] == [
        "https://bsky.social/xrpc/com.atproto.server.createSession",
        f"{own}/xrpc/com.atproto.repo.putRecord",
    ]
    key = sent.remote_id.rpartition("/")[2]
    assert sent.url == f"https://bsky.app/profile/oak.school.ca/post/{key}"


def test_account_without_a_valid_handle_is_addressed_by_its_id() -> None:
    http = ScriptedHttp({"createSession": (200, session(handle="handle.invalid"))})
    assert send(http, on_the_internet()).url.startswith(f"https://bsky.app/profile/{DID}/post/")


@pytest.mark.parametrize(
    "doc",
    [
        None,
        [],
        {"service": "x"},
        {"service": ["x", {"id": 1}]},
        document("http://plain.example"),
        document("http://127.0.0.1:5000"),
        document("https://localhost"),
        document("nonsense://x"),
    ],
)
def test_unusable_server_in_the_document_is_ignored(doc: object) -> None:
    http = ScriptedHttp({"createSession": (200, session(didDoc=doc))})
    send(http, on_the_internet("pds.school.ca"))
    assert {asked.url.split("/xrpc")[0] for asked in http.asked} == {"https://pds.school.ca"}


def test_plain_http_is_refused_before_the_password_travels() -> None:
    http = ScriptedHttp({})
    with pytest.raises(SurelyRefused, match="without encryption"):
        Bluesky(http).identify(on_the_internet("http://pds.school.ca"), "abcd-efgh")
    assert http.asked == []


def test_main_password_is_not_taken(bluesky: BlueskyServer) -> None:
    known = bluesky.accounts[1]
    account = account_on(bluesky.url, known.handle)
    with pytest.raises(SurelyRefused, match="main password") as caught:
        Bluesky().identify(account, known.password)
    assert known.password not in str(caught.value)
    assert Bluesky().identify(account, known.app_password) == known.handle


@pytest.mark.parametrize("access", ["opaque", "a.b.c", "..", f"e30.{'é'}.x", "e30.bnVsbA.x"])
def test_token_that_tells_nothing_is_taken(access: str) -> None:
    http = ScriptedHttp({"createSession": (200, session(accessJwt=access))})
    assert Bluesky(http).identify(on_the_internet(), "abcd-efgh") == "oak.school.ca"


@pytest.mark.parametrize(
    ("status", "content", "words"),
    [
        (200, {}, "does not answer like"),
        (200, {"did": 1, "handle": "x", "accessJwt": "y", "refreshJwt": "z"}, "does not answer"),
        (404, {}, "does not answer like"),
        (301, {}, "does not answer like"),
        (401, {"error": "AuthenticationRequired"}, "does not accept"),
        (401, {"error": "AuthFactorTokenRequired"}, "app password"),
        (401, {"error": "AccountTakedown", "message": "Account has been taken down"}, "taken down"),
        (400, {"error": "InvalidRequest", "message": "Bad identifier"}, "Bad identifier"),
    ],
)
def test_refused_sign_ins_are_told_apart(status: int, content: object, words: str) -> None:
    http = ScriptedHttp({"createSession": (status, content)})
    with pytest.raises(SurelyRefused) as caught:
        Bluesky(http).identify(on_the_internet(), "abcd-efgh")
    assert words in str(caught.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_sign_in_that_may_work_later(status: int) -> None:
    http = ScriptedHttp({"createSession": (status, {"error": "x"})})
    with pytest.raises(TryLater):
        Bluesky(http).identify(on_the_internet(), "abcd-efgh")


def test_many_threads_sign_in_once(
    host: Host, fault_proxy: Callable[[str], FaultProxy], connector: Bluesky
) -> None:
    line = fault_proxy(host.url)
    account = host.behind(line)
    marker = connector.marker(Parcel(some_text()), account, NOW)
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(connector.find(account, host.secret, marker)))
        for _thread in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [None] * 6
    assert len(line.log("createSession")) == 1


def test_new_secret_signs_in_anew(host: Host, connector: Bluesky) -> None:
    marker = connector.marker(PARCEL, host.account, NOW)
    connector.send(PARCEL, host.account, host.secret, marker, {})
    with pytest.raises(SurelyRefused):
        connector.send(PARCEL, host.account, "wrong-pass-word-1234", marker, {})
    other = replace(host.account, id="another", handle="nobody.test")
    with pytest.raises(SurelyRefused):
        connector.send(PARCEL, other, host.secret, marker, {})
    assert connector.send(PARCEL, host.account, host.secret, marker, {})


def test_refused_token_is_not_kept() -> None:
    """After a 401 the next call signs in anew instead of failing for two hours."""
    answers = {"createSession": (200, session()), "getRecord": (401, {"error": "AuthMissing"})}
    http = ScriptedHttp(answers)
    connector, account = Bluesky(http), on_the_internet()
    for _time in range(2):
        with pytest.raises(SurelyRefused):
            connector.remove(account, "abcd-efgh", f"at://{DID}x/app.bsky.feed.post/x")
        with pytest.raises(Exception, match="could not be asked"):
            connector.find(account, "abcd-efgh", {"rkey": "x"})
    assert sum("createSession" in asked.url for asked in http.asked) == 2


def test_server_on_this_computer_without_practice_pages() -> None:
    """A Bluesky server here has no pages and is not on bsky.app: its record is the address."""
    with RawServer(answering(200, json.dumps(session()).encode())) as server:
        connector, account = Bluesky(), account_on(server.url, "oak.school.ca")
        signed_in = connector._sessions.sign_in(account, "abcd-efgh")
    assert signed_in.address("3key") == (
        f"{server.url}/xrpc/com.atproto.repo.getRecord"
        f"?repo={DID}&collection=app.bsky.feed.post&rkey=3key"
    )


def test_repr_hides_tokens() -> None:
    http = ScriptedHttp({"createSession": (200, session(accessJwt="aaaa", refreshJwt="rrrr"))})
    signed_in = Bluesky(http)._sessions.sign_in(on_the_internet(), "abcd-efgh")
    for secret in ("aaaa", "rrrr", "abcd-efgh", signed_in.secret_mark):
        assert secret not in repr(signed_in)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Something is wrong", "Something is wrong"),
        ('Invalid datetime (got "yesterday Emma Smith") at $.x', "Invalid datetime … at $.x"),
        ('Bad value "Emma Smith" here', "Bad value … here"),
        ("Token eyJhbGciOiJIUzI1NiJ9.eyJzY29wZSI6ImNvbS5h.abc no", "Token ….….abc no"),
        ("Password abcd-efgh-ijkl-mnop is old", "Password … is old"),
        ("two\nlines\x00 \x1b[31m", "two lines [31m"),
        ("word " * 100, ("word " * 100)[:160]),
        ("", ""),
    ],
)
def test_a_platforms_words_are_cleaned(message: str, shown: str) -> None:
    assert own_words(message) == shown
