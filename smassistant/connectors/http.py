"""HTTP for connectors: time limits, no mutation sent twice, no secret in an error."""

from __future__ import annotations

import enum
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from smassistant.connectors.addresses import on_this_computer
from smassistant.connectors.waits import wait_until
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import TryLater, Uncertain

if TYPE_CHECKING:
    import requests

LARGEST_ANSWER = 4_000_000
_CHUNK = 65_536
_WORTH_REPEATING = frozenset({429, 502, 503, 504})
_PAUSES = (0.5, 1.5)
_SHORT_WAIT = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def content(self) -> dict[str, Any]:
        """The body read as a JSON object, an empty one when it is none."""
        try:
            content = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}


class _Broken(enum.Enum):
    """How a request failed: surely before the server had it all, or nobody knows."""

    BEFORE = enum.auto()
    AFTER = enum.auto()


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, for each silence, and for a whole call with its repeats."""

    connect: float = 5.0
    silence: float = 30.0
    total: float = 120.0


class Http:
    """One platform's line. Stateless: every call opens its own connection, on any thread."""

    def __init__(
        self,
        title: str,
        limits: Limits | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """`title` is the platform's name in errors; clock and pause are injected by tests."""
        self.title = title
        self._limits = limits or Limits()
        self._monotonic = monotonic
        self._pause = pause

    def get(self, url: str, params: Mapping[str, str] | None = None, token: str = "") -> Answer:
        """Read `url`; repeated a few times while the line or the server stumbles.

        Raises TryLater when there is no answer. Redirects are never followed: an answer of 3xx
        comes back like any other, so that a token never travels on.
        """
        end = self._monotonic() + self._limits.total
        for pause in (*_PAUSES, None):
            request = _Request("GET", url, token, params=params or {})
            outcome = self._exchange(request, end)
            if pause is None or not self._worth_repeating(outcome):
                break
            self._pause(pause)
        if isinstance(outcome, Answer):
            return outcome
        raise self.unreachable()

    def post(
        self,
        url: str,
        body: bytes = b"",
        mime: str = "application/json",
        token: str = "",
        task: Task | None = None,
        publishes: bool = False,
        seconds: float | None = None,
    ) -> Answer:
        """Send `body` once, in `seconds` at most; `task` learns of the bytes sent, may cancel.

        Without an answer: TryLater where nothing can have happened or where the call
        may be repeated, Uncertain where it `publishes` and the server may have acted on it.
        """
        end = self._monotonic() + (seconds or self._limits.total)
        request = _Request("POST", url, token, body, mime, task or Task())
        outcome = self._exchange(request, end)
        if isinstance(outcome, Answer):
            return outcome
        raise self.uncertain() if publishes and outcome is _Broken.AFTER else self.unreachable()

    def unreachable(self) -> TryLater:
        """The error for a platform that gives no answer."""
        return TryLater(
            _("{place} can't be reached right now.").format(place=self.title),
            next_step=_("Check the internet connection and try again."),
        )

    def uncertain(self) -> Uncertain:
        """The error for a post of which nobody knows whether it stands."""
        return Uncertain(
            _("It is not known yet whether {place} published the post.").format(place=self.title),
            _("The connection broke before {place} confirmed it.").format(place=self.title),
            _("The program looks for the post there before it does anything else."),
        )

    def _worth_repeating(self, outcome: Answer | _Broken) -> bool:
        if not isinstance(outcome, Answer):
            return True
        if outcome.status not in _WORTH_REPEATING:
            return False
        now = datetime.now(UTC)
        until = wait_until(outcome.headers, now)
        return until is None or until - now <= _SHORT_WAIT

    def _exchange(self, request: _Request, end: float) -> Answer | _Broken:
        """One request. Library errors end here: they carry the request and with it the token."""
        import requests
        import urllib3

        body = _Body(request.body, request.task, lambda: self._monotonic() > end)
        try:
            with requests.Session() as session, self._open(session, request, body) as response:
                return Answer(
                    response.status_code,
                    {name.lower(): value for name, value in response.headers.items()},
                    b"".join(self._chunks(response, request.task, end)),
                )
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError):
            return _Broken.AFTER if body.handed_over else _Broken.BEFORE

    def _open(self, session: requests.Session, request: _Request, body: _Body) -> requests.Response:
        # A server on this computer is never spoken to through the school's proxy.
        direct: dict[str, Any] = dict.fromkeys(("http", "https", "all"))
        return session.request(
            request.method,
            request.url,
            params=request.params,
            data=body if request.body else None,
            headers={"Content-Type": request.mime} if request.body else {},
            auth=_Bearer(request.token),
            timeout=(self._limits.connect, self._limits.silence),
            allow_redirects=False,
            stream=True,
            proxies=direct if on_this_computer(request.url) else None,
        )

    def _chunks(self, response: requests.Response, task: Task, end: float) -> Iterator[bytes]:
        """The body as it comes; `read1` so that a dripping server can't outlast the deadline."""
        size = 0
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            task.check()
            size += len(chunk)
            if size > LARGEST_ANSWER or self._monotonic() > end:
                raise TimeoutError
            yield chunk


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    token: str = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    mime: str = ""
    task: Task = field(default_factory=Task)
    params: Mapping[str, str] = field(default_factory=dict)


class _Bearer:
    """Authorization by token. Set even without one, so that no .netrc file is consulted."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _Body:
    """Bytes on their way out: a stream with a known length that reports its progress.

    `handed_over` turns true with the last byte; before that no server can have acted on it.
    """

    def __init__(self, data: bytes, task: Task, expired: Callable[[], bool]) -> None:
        self._data = data
        self._task = task
        self._expired = expired
        self._at = 0
        self.handed_over = not data

    def __len__(self) -> int:
        return len(self._data)

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self.read():
            yield chunk

    def read(self, size: int = _CHUNK) -> bytes:
        """The next `size` bytes; raises Cancelled, or TimeoutError past the deadline."""
        self._task.report(self._at, len(self._data))
        if self._at < len(self._data) and self._expired():
            raise TimeoutError
        chunk = self._data[self._at : self._at + size]
        self._at += len(chunk)
        self.handed_over = self._at >= len(self._data)
        return chunk
