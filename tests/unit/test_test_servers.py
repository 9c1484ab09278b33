"""The test servers do what the tests that lean on them believe."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

import pytest

from tests.servers.bluesky import Bluesky
from tests.servers.faults import FaultProxy

PROCEDURES = "/xrpc/com.atproto.server."


def call(url: str, body: object = None, seconds: float = 20) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=seconds) as response:  # noqa: S310
        return json.load(response)


def test_bluesky_lets_an_app_password_sign_in(bluesky: Bluesky) -> None:
    account = bluesky.accounts[0]
    assert account.handle == "oakprimary.test"
    login = {"identifier": account.handle, "password": account.app_password}
    session = call(bluesky.url + PROCEDURES + "createSession", login)
    assert session["did"] == account.did


@pytest.mark.parametrize(
    ("mode", "details", "reached"),
    [
        ("drop_request", {}, False),
        ("drop_response", {}, True),
        ("hang_response", {"seconds": 30}, True),
        ("truncate", {}, True),
        ("status", {"status": 503}, False),
        ("status_after", {"status": 502}, True),
    ],
)
def test_a_fault_breaks_one_request_and_only_one(
    bluesky: Bluesky,
    fault_proxy: Callable[[str], FaultProxy],
    mode: str,
    details: dict[str, Any],
    reached: bool,
) -> None:
    proxy = fault_proxy(bluesky.url)
    proxy.inject(mode, match="GET /xrpc/com.atproto.server.describe", **details)
    url = proxy.url + PROCEDURES + "describeServer"
    with pytest.raises((OSError, HTTPException, ValueError)) as broken:
        call(url, seconds=2)
    if isinstance(broken.value, urllib.error.HTTPError):
        assert broken.value.code == details["status"]
        broken.value.close()
    assert call(url)["availableUserDomains"] == [".test"]
    first, second = proxy.log("describeServer")
    assert (first["fault"], first["forwarded"]) == (mode, reached)
    assert (second["fault"], second["status"]) == (None, 200)


@pytest.mark.parametrize(("mode", "details"), [("delay", {"seconds": 0.1}), ("slow", {})])
def test_a_slow_line_brings_the_whole_answer(
    bluesky: Bluesky, fault_proxy: Callable[[str], FaultProxy], mode: str, details: dict[str, Any]
) -> None:
    proxy = fault_proxy(bluesky.url)
    proxy.inject(mode, **details)
    answer = call(proxy.url + PROCEDURES + "describeServer")
    assert answer == call(bluesky.url + PROCEDURES + "describeServer")
    assert proxy.log()[0]["fault"] == mode
    proxy.clear()
    assert proxy.log() == []


def test_each_postgres_database_is_empty_and_its_own(postgres_database: str) -> None:
    import psycopg

    with psycopg.connect(postgres_database) as connection:
        count = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
    assert count == (0,)


@pytest.mark.keyring
def test_the_keyring_keeps_a_secret() -> None:
    import keyring

    keyring.set_password("smassistant-test", "oakprimary", "pässword")
    assert keyring.get_password("smassistant-test", "oakprimary") == "pässword"
    keyring.delete_password("smassistant-test", "oakprimary")


def test_without_the_marker_there_is_no_keyring() -> None:
    import keyring
    from keyring.errors import NoKeyringError

    with pytest.raises(NoKeyringError):
        keyring.get_password("smassistant-test", "oakprimary")
