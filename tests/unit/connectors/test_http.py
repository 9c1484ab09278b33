"""The line itself: limits, repeats, redirects, and errors that keep secrets."""

from __future__ import annotations

import socket
import traceback
from pathlib import Path
from time import monotonic

import pytest

from smassistant.connectors.addresses import on_this_computer, service_origin
from smassistant.connectors.http import LARGEST_ANSWER, Http, Limits
from smassistant.errors import Cancelled, UserError
from smassistant.jobs import Task
from smassistant.ports import SurelyRefused, TryLater, Uncertain
from tests.doubles.raw_server import RawServer, Script, answering
from tests.unit.connectors.conftest import no_pause

TOKEN = "very-secret-token"


def http(**limits: float) -> Http:
    return Http("Bluesky", Limits(**limits), pause=no_pause)


def test_headers_token_and_body_arrive() -> None:
    with RawServer(answering(200, b'{"a": 1}', X_Thing="é".encode().decode("latin-1"))) as server:
        answer = http().post(f"{server.url}/x", b"[1]", token=TOKEN)
    assert answer.content == {"a": 1}
    assert "x-thing" in answer.headers
    (request,) = server.requests
    assert b"Authorization: Bearer very-secret-token\r\n" in request
    assert b"Content-Length: 3\r\n" in request
    assert b"Transfer-Encoding" not in request
    assert request.endswith(b"\r\n\r\n[1]")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"<html>", b"[" * 100_000, b"\xff"])
def test_answer_that_is_no_object_reads_as_empty(body: bytes) -> None:
    with RawServer(answering(200, body)) as server:
        assert http().get(server.url).content == {}


def test_repr_shows_neither_body_nor_token() -> None:
    with RawServer(answering(200, b'{"accessJwt": "abc"}')) as server:
        assert "abc" not in repr(http().post(server.url, b"x", token=TOKEN))


def test_netrc_and_proxies_of_the_machine_are_kept_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with RawServer(answering(200)) as server:
        http().get(server.url)
        http().post(server.url, b"x", token=TOKEN)
    assert b"Authorization" not in server.requests[0]
    assert b"Bearer very-secret-token" in server.requests[1]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    with RawServer(answering(status, Location="/else")) as server:
        assert http().get(server.url, token=TOKEN).status == status
        assert http().post(server.url, b"x", token=TOKEN, publishes=True).status == status
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_reads_are_repeated_mutations_are_not(status: int) -> None:
    with RawServer(answering(status)) as server:
        assert http().get(server.url).status == status
        assert len(server.requests) == 3
        assert http().post(server.url, b"x").status == status
        assert len(server.requests) == 4


def test_read_is_not_repeated_when_asked_to_wait_long() -> None:
    with RawServer(answering(429, Retry_After="3600")) as server:
        assert http().get(server.url).status == 429
    assert len(server.requests) == 1


def test_dripping_answer_ends_at_the_deadline() -> None:
    """No single silence is too long, but the whole takes longer than it may."""
    now, begun = [0.0], monotonic()

    def drip(line: socket.socket, _request: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 5\r\n\r\n ")
        now[0] += 100
        line.sendall(b" ")
        line.recv(1)  # until the other side gives up

    line = Http("Bluesky", Limits(silence=5, total=60), monotonic=lambda: now[0], pause=no_pause)
    with RawServer(drip) as server, pytest.raises(Uncertain):
        line.post(server.url, b"x", publishes=True)
    assert monotonic() - begun < 4, "it waited for the next silence instead"


def test_endless_answer_is_cut_off() -> None:
    with RawServer(answering(200, bytes(LARGEST_ANSWER + 1))) as server, pytest.raises(TryLater):
        http().get(server.url)


def _cut(body: bytes, head: bytes) -> Script:
    def script(line: socket.socket, _request: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 X\r\n" + head + b"\r\n\r\n" + body)

    return script


@pytest.mark.parametrize(
    "script",
    [
        _cut(b"{}", b"Content-Length: 10"),
        _cut(b"5\r\n{}", b"Transfer-Encoding: chunked"),
        _cut(b"2\r\n{}\r\n", b"Transfer-Encoding: chunked"),
        _cut(b"not gzip", b"Content-Length: 8\r\nContent-Encoding: gzip"),
        lambda line, _request: line.sendall(b"no HTTP at all\r\n\r\n"),
        lambda line, _request: None,
        lambda line, _request: line.setsockopt(  # a reset instead of an orderly end
            socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00"
        ),
    ],
)
def test_broken_answers_are_uncertain_for_what_publishes(script: Script) -> None:
    with RawServer(script) as server:
        with pytest.raises(Uncertain) as caught:
            http().post(server.url, b"x", token=TOKEN, publishes=True)
        with pytest.raises(TryLater) as later:
            http().post(server.url, b"x", token=TOKEN)
    for error in (caught.value, later.value):
        assert error.__context__ is None
        assert TOKEN not in "".join(traceback.format_exception(error))


def test_half_a_body_can_not_have_been_published() -> None:
    """The server hangs up while a large body is still on its way."""
    with (
        RawServer(lambda line, _request: None, read_body=False) as server,
        pytest.raises(TryLater),
    ):
        http().post(server.url, bytes(50_000_000), publishes=True)


def test_tls_that_fails_is_no_uncertainty() -> None:
    """The other side speaks no TLS: the handshake fails before anything was sent."""
    with RawServer(answering(400)) as server, pytest.raises(TryLater) as caught:
        http(silence=0.3, connect=0.3).post(
            server.url.replace("http:", "https:"), b"x", token=TOKEN, publishes=True
        )
    assert caught.value.__context__ is None


def test_name_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(TryLater, match="can't be reached"):
        http().post("https://nowhere.example", b"x", publishes=True)
    with pytest.raises(TryLater):
        http().get("https://nowhere.example")


@pytest.mark.parametrize("url", ["http://[::1", "http://a b", "http://", "ftp://127.0.0.1", "x"])
def test_address_that_is_none(url: str) -> None:
    with pytest.raises(UserError):
        http().post(url, b"x", publishes=True)


def test_cancel_stops_an_upload() -> None:
    task = Task()
    task.progress = lambda done, _total, _label: task.cancel() if done else None
    with RawServer(answering(200), read_body=False) as server, pytest.raises(Cancelled):
        http().post(server.url, bytes(10_000_000), task=task)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://bsky.social", "https://bsky.social"),
        (" BSKY.social/ ", "https://bsky.social"),
        ("https://pds.school.ca:8443/x?y#z", "https://pds.school.ca:8443"),
        ("http://localhost:2583/", "http://localhost:2583"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://[::1]:80", "http://[::1]:80"),
    ],
)
def test_origin_of_a_service(address: str, origin: str) -> None:
    assert service_origin(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        "http://bsky.social",
        "http://10.0.0.5",
        "http://127.0.0.1.evil.example",
        "ftp://bsky.social",
        "https://user:secret@bsky.social",
        "https://",
        "https://[::1",
        "https://a:99999",
        "",
    ],
)
def test_services_that_are_refused(address: str) -> None:
    with pytest.raises(SurelyRefused) as caught:
        service_origin(address)
    assert "secret" not in str(caught.value)


def test_this_computer() -> None:
    assert on_this_computer("http://127.8.9.1:1/x")
    assert on_this_computer("https://LOCALHOST")
    assert not on_this_computer("http://127.0.0.1.nip.example")
    assert not on_this_computer("nonsense")
