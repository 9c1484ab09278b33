"""Signing in to a Bluesky server, and staying signed in: it allows few sign-ins."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from smassistant.connectors.addresses import on_this_computer, service_origin
from smassistant.connectors.bluesky_records import POSTS
from smassistant.connectors.http import Answer, Http
from smassistant.connectors.refusals import STALE_TOKEN, refusal
from smassistant.domain.places import Account
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import SurelyRefused

DEFAULT_SERVICE = "https://bsky.social"
READERS = "https://bsky.app"

_NO_HANDLE = "handle.invalid"


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in account: its server's origin, its id, its name, its tokens.

    `readers` is where people read its posts, "" when only the server itself shows them.
    `secret_mark` tells whether the session was opened with the secret kept now.
    """

    server: str
    did: str
    handle: str
    readers: str
    secret_mark: str = field(repr=False)
    access: str = field(repr=False)
    refresh: str = field(repr=False)

    def uri(self, key: str) -> str:
        """The id of the post with that record key."""
        return f"at://{self.did}/{POSTS}/{key}"

    def address(self, key: str) -> str:
        """Where a reader opens the post with that record key."""
        if self.readers:
            name = self.did if self.handle == _NO_HANDLE else self.handle
            return f"{self.readers}/profile/{quote(name, safe=':')}/post/{quote(key)}"
        query = urlencode({"repo": self.did, "collection": POSTS, "rkey": key}, safe=":")
        return f"{self.server}/xrpc/com.atproto.repo.getRecord?{query}"


class Sessions:
    """The sessions of all accounts, in memory only; safe on any thread."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._kept: dict[str, Session] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def call(
        self, account: Account, secret: str, use: Callable[[Session], Answer]
    ) -> tuple[Session, Answer]:
        """What `use` gets with a live session; asked again once when the token had run out."""
        session = self._current(account, secret)
        answer = use(session)
        if answer.status in {400, 401} and answer.content.get("error") in STALE_TOKEN:
            session = self._renewed(account, secret, session)
            answer = use(session)
        if answer.status == 401:
            self.forget(account)
        return session, answer

    def sign_in(self, account: Account, secret: str) -> Session:
        """A new session, which proves that the secret works now."""
        with self._lock(account):
            return self._sign_in(account, secret)

    def forget(self, account: Account) -> None:
        """Drop the account's session; the next call signs in anew."""
        self._kept.pop(account.id, None)

    def _current(self, account: Account, secret: str) -> Session:
        with self._lock(account):
            kept = self._kept.get(account.id)
            fits = kept and kept.secret_mark == _mark(account, secret)
            return kept if kept and fits else self._sign_in(account, secret)

    def _renewed(self, account: Account, secret: str, stale: Session) -> Session:
        with self._lock(account):
            kept = self._kept.get(account.id)
            if kept and kept.access != stale.access and kept.secret_mark == stale.secret_mark:
                return kept  # another thread was quicker
            url = f"{stale.server}/xrpc/com.atproto.server.refreshSession"
            answer = self._http.post(url, token=stale.refresh)
            access, refresh = answer.content.get("accessJwt"), answer.content.get("refreshJwt")
            if answer.status != 200 or not isinstance(access, str) or not isinstance(refresh, str):
                return self._sign_in(account, secret)
            session = replace(stale, access=access, refresh=refresh)
            self._kept[account.id] = session
            return session

    def _sign_in(self, account: Account, secret: str) -> Session:
        self.forget(account)
        service = service_origin(account.service or DEFAULT_SERVICE)
        name = account.handle.strip().removeprefix("@")
        body = json.dumps({"identifier": name, "password": secret}).encode()
        answer = self._http.post(f"{service}/xrpc/com.atproto.server.createSession", body)
        if answer.status != 200:
            raise _sign_in_error(answer, self._http.title)
        session = self._read(answer.content, service, _mark(account, secret))
        self._kept[account.id] = session
        return session

    def _read(self, content: dict[str, Any], service: str, secret_mark: str) -> Session:
        names = ("did", "handle", "accessJwt", "refreshJwt")
        values = [content.get(name) for name in names]
        if not all(isinstance(value, str) and value for value in values):
            raise _no_bluesky_server(self._http.title)
        did, handle, access, refresh = map(str, values)
        if _scope(access) == "com.atproto.access":
            raise SurelyRefused(
                _("This is the account's main password."),
                _("Whoever has it can take over the account, so the program does not use it."),
                _("Make an app password in Bluesky: Settings, Privacy and security."),
            )
        server = service if on_this_computer(service) else _own_server(content) or service
        readers = self._local_readers(server) if on_this_computer(server) else READERS
        return Session(server, did, handle, readers, secret_mark, access, refresh)

    def _local_readers(self, server: str) -> str:
        """A practice network shows its posts itself; any other server on this computer has no
        pages, and nothing of it reaches bsky.app."""
        answer = self._http.get(f"{server}/xrpc/com.atproto.server.describeServer")
        return server if answer.content.get("practice") is True else ""

    def _lock(self, account: Account) -> threading.Lock:
        with self._guard:
            return self._locks.setdefault(account.id, threading.Lock())


def _mark(account: Account, secret: str) -> str:
    parts = (account.service, account.handle, secret)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _scope(token: str) -> str:
    """What the token allows, "" where it does not say (it is for the server, not for us)."""
    try:
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return str(claims["scope"])
    except (ValueError, LookupError, TypeError):
        return ""


def _own_server(content: dict[str, Any]) -> str:
    """The server that keeps the account: bsky.social only stands in front of many."""
    document = content.get("didDoc")
    services = document.get("service") if isinstance(document, dict) else None
    for service in services if isinstance(services, list) else ():
        if not isinstance(service, dict) or not str(service.get("id", "")).endswith("#atproto_pds"):
            continue
        address = str(service.get("serviceEndpoint", ""))
        try:
            return service_origin(address) if not on_this_computer(address) else ""
        except SurelyRefused:
            return ""
    return ""


def _sign_in_error(answer: Answer, place: str) -> UserError:
    if answer.status == 401 and answer.content.get("error") != "AccountTakedown":
        return SurelyRefused(
            _("{place} does not accept the account's name or app password.").format(place=place),
            next_step=_("Make a new app password there and connect the account again."),
        )
    if "error" not in answer.content and answer.status < 429:
        return _no_bluesky_server(place)
    return refusal(answer, place, datetime.now(UTC))


def _no_bluesky_server(title: str) -> SurelyRefused:
    return SurelyRefused(
        _("The account's server does not answer like {place}.").format(place=title),
        next_step=_("Check the server's address on the accounts page."),
    )
