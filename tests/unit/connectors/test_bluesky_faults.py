"""A bad line between the program and the server: what is told, and that one post results."""

from __future__ import annotations

import logging
import re
import socket
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from smassistant.connectors.bluesky import Bluesky
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.ports import Parcel, SurelyRefused, TryLater, Uncertain
from tests.servers.faults import FaultProxy
from tests.unit.connectors.conftest import NOW, Host, in_a_hurry, some_picture, some_text

PUT = "POST /xrpc/com.atproto.repo.putRecord"
SIGN_IN = "POST /xrpc/com.atproto.server.createSession"
REFRESH = "POST /xrpc/com.atproto.server.refreshSession"
EXPIRED = {"error": "ExpiredToken", "message": "Token has expired"}

# mode, what goes with it, the error it gives, whether the server has the post all the same
FAULTS = [
    ("drop_request", {}, Uncertain, False),
    ("drop_response", {}, Uncertain, True),
    ("hang_response", {"seconds": 1.5}, Uncertain, True),
    ("truncate", {}, Uncertain, True),
    ("status_after", {"status": 502}, Uncertain, True),
    ("status_after", {"status": 400}, Uncertain, True),
    ("status", {"status": 503}, Uncertain, False),
    ("status", {"status": 301, "headers": {"Location": "/elsewhere"}}, Uncertain, False),
    ("status", {"status": 403}, Uncertain, False),
    ("status", {"status": 429, "headers": {"Retry-After": "600"}}, TryLater, False),
    ("status", {"status": 400, "body": {"error": "InvalidRequest"}}, SurelyRefused, False),
    ("status", {"status": 401, "body": {"error": "AuthMissing"}}, SurelyRefused, False),
]


@pytest.mark.parametrize(("mode", "details", "expected", "stands"), FAULTS)
def test_every_fault_of_a_send_ends_in_one_post(
    host: Host,
    line: FaultProxy,
    connector: Bluesky,
    caplog: pytest.LogCaptureFixture,
    mode: str,
    details: dict[str, object],
    expected: type[UserError],
    stands: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    account, parcel = host.behind(line), Parcel(some_text())
    marker = connector.marker(parcel, account, NOW)
    connector.identify(account, host.secret)
    line.inject(mode, PUT, **details)
    with pytest.raises(UserError) as caught, in_a_hurry(connector):
        connector.send(parcel, account, host.secret, marker, {})
    assert type(caught.value) is expected
    assert len(line.log(PUT)) == 1, "the mutation went out more than once"
    _assert_no_secret(caught.value, host.secret, caplog.text)

    assert (connector.find(account, host.secret, marker) is not None) is stands
    connector.send(parcel, account, host.secret, marker, {})
    assert host.count(parcel.text) == 1


def _assert_no_secret(error: BaseException, secret: str, logged: str) -> None:
    assert error.__context__ is None, (
        "an error of the HTTP library, which knows the token, travels along"
    )
    told = "".join(traceback.format_exception(error)) + repr(error.__dict__) + logged
    assert secret not in told
    assert not re.search(r"eyJ[\w-]{10,}\.", told)


def test_post_that_arrives_after_giving_up_is_one_post(
    host: Host, line: FaultProxy, connector: Bluesky
) -> None:
    account, parcel = host.behind(line), Parcel(some_text())
    marker = connector.marker(parcel, account, NOW)
    connector.identify(account, host.secret)
    line.inject("delay", PUT, seconds=1.5)
    with pytest.raises(Uncertain), in_a_hurry(connector):
        connector.send(parcel, account, host.secret, marker, {})
    assert (
        connector.find(account, host.secret, marker) is None
    )  # too early to tell: hence a quiet time
    sent = connector.send(parcel, account, host.secret, marker, {})
    deadline = monotonic() + 20
    while len([entry for entry in line.log(PUT) if entry["status"]]) < 2:
        assert monotonic() < deadline
    assert connector.find(account, host.secret, marker) is not None
    assert sent.remote_id.endswith(marker["rkey"])
    assert host.count(parcel.text) == 1


def test_slow_answer_is_waited_for(host: Host, line: FaultProxy, connector: Bluesky) -> None:
    account, parcel = host.behind(line), Parcel(some_text())
    line.inject("slow", PUT)
    marker = connector.marker(parcel, account, NOW)
    assert connector.send(parcel, account, host.secret, marker, {})


def test_until_comes_from_the_server(host: Host, line: FaultProxy, connector: Bluesky) -> None:
    account, parcel = host.behind(line), Parcel(some_text())
    marker = connector.marker(parcel, account, NOW)
    reset = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=7)
    headers = {"RateLimit-Reset": str(int(reset.timestamp()))}
    body = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
    for call in (SIGN_IN, PUT):
        line.inject("status", call, status=429, headers=headers, body=body)
        with pytest.raises(TryLater) as caught:
            connector.send(parcel, account, host.secret, marker, {})
        assert caught.value.until is not None
        assert abs(caught.value.until - reset) < timedelta(seconds=2)


@pytest.mark.parametrize("mode", ["drop_request", "drop_response", "truncate", "status_after"])
@pytest.mark.parametrize("call", [SIGN_IN, "POST /xrpc/com.atproto.repo.uploadBlob"])
def test_trouble_before_the_send_is_never_uncertain(
    host: Host, line: FaultProxy, connector: Bluesky, call: str, mode: str
) -> None:
    account, picture = host.behind(line), some_picture()
    line.inject(mode, call)
    with pytest.raises(TryLater):
        connector.upload(picture, account, host.secret, Task())
    assert len(line.log(call)) == 1
    assert connector.upload(picture, account, host.secret, Task())


@pytest.mark.parametrize(
    ("mode", "details"),
    [
        ("drop_request", {}),
        ("truncate", {}),
        ("status", {"status": 500}),
        ("status", {"status": 400, "body": {"error": "InvalidRequest"}}),
        ("status", {"status": 401, "body": {"error": "AuthenticationRequired"}}),
        ("status", {"status": 404}),
        ("status", {"status": 429, "headers": {"Retry-After": "600"}}),
    ],
)
def test_find_never_takes_trouble_for_absence(
    host: Host, line: FaultProxy, connector: Bluesky, mode: str, details: dict[str, object]
) -> None:
    account, parcel = host.behind(line), Parcel(some_text())
    marker = connector.marker(parcel, account, NOW)
    line.inject(mode, "GET /xrpc/com.atproto.repo.getRecord", count=3, **details)
    with pytest.raises(Uncertain) as caught:
        connector.find(account, host.secret, marker)
    assert caught.value.explanation
    assert caught.value.__context__ is None


def test_find_without_a_sign_in_is_uncertain(host: Host, connector: Bluesky) -> None:
    marker = connector.marker(Parcel("x"), host.account, NOW)
    with pytest.raises(Uncertain, match="does not accept"):
        connector.find(host.account, "wrong-pass-word-1234", marker)


def test_reads_are_repeated(host: Host, line: FaultProxy, connector: Bluesky) -> None:
    account, parcel = host.behind(line), Parcel(some_text())
    marker = connector.marker(parcel, account, NOW)
    for mode in ("drop_response", "status"):
        line.inject(mode, "GET /xrpc/com.atproto.repo.getRecord")
    assert connector.find(account, host.secret, marker) is None
    assert len(line.log("getRecord")) == 3


def test_server_that_is_not_there(host: Host, connector: Bluesky) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    account = replace(host.account, service=f"http://127.0.0.1:{port}")
    parcel = Parcel(some_text())
    marker = connector.marker(parcel, account, NOW)
    with pytest.raises(TryLater, match="can't be reached"):
        connector.send(parcel, account, host.secret, marker, {})


def test_server_that_goes_away_before_the_send(
    host: Host, connector: Bluesky, fault_proxy: object
) -> None:
    """Signed in, then the server is gone: nothing was sent, so it may simply be tried again."""
    from smassistant.practice.network import PracticeNetwork

    network = PracticeNetwork("oakprimary.test", "secret")
    network.start()
    account = replace(host.account, service=network.url)
    parcel = Parcel(some_text())
    connector.identify(account, "secret")
    network.stop()
    with pytest.raises(TryLater, match="can't be reached"):
        connector.send(parcel, account, "secret", connector.marker(parcel, account, NOW), {})


def test_expired_token_is_refreshed_not_signed_in_anew(
    host: Host, line: FaultProxy, connector: Bluesky
) -> None:
    account, parcel = host.behind(line), Parcel(some_text())
    connector.identify(account, host.secret)
    line.inject("status", PUT, status=400, body=EXPIRED)
    marker = connector.marker(parcel, account, NOW)
    connector.send(parcel, account, host.secret, marker, {})
    assert len(line.log(SIGN_IN)) == 1
    assert len(line.log(REFRESH)) == 1
    assert host.count(parcel.text) == 1


def test_expired_session_signs_in_again(host: Host, line: FaultProxy, connector: Bluesky) -> None:
    account, parcel = host.behind(line), Parcel(some_text())
    connector.identify(account, host.secret)
    line.inject("status", PUT, status=400, body=EXPIRED)
    line.inject("status", REFRESH, status=400, body=EXPIRED)
    marker = connector.marker(parcel, account, NOW)
    connector.send(parcel, account, host.secret, marker, {})
    assert len(line.log(SIGN_IN)) == 2
    assert host.count(parcel.text) == 1
