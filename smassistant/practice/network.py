"""The practice network's server: Bluesky's calls and pages over HTTP on 127.0.0.1."""

from __future__ import annotations

import json
import re
import socketserver
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from smassistant.practice.pages import feed_page, missing_page, post_page
from smassistant.practice.repository import Record, Repository
from smassistant.practice.rules import LARGEST_UPLOAD, LARGEST_VIDEO, POSTS, Refusal, refuse

_POST_PAGE = re.compile(r"/profile/([^/]+)/post/([^/]+)")
_HOSTS = frozenset({"127.0.0.1", "localhost"})
_MOST_BYTES = LARGEST_VIDEO
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class PracticeNetwork:
    """A server for one account; use it as a context manager or by `start` and `stop`."""

    def __init__(self, handle: str, app_password: str) -> None:
        self.repository = Repository(handle, app_password)
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The server's address while it runs: the account's `service`."""
        if self._server is None:
            raise RuntimeError("the practice network has not been started")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        """Listen on a free port of this computer."""
        self._server = _Server(self.repository)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="practice-network", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; what was published stays until this object goes."""
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> PracticeNetwork:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, repository: Repository) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repository = repository

    def server_bind(self) -> None:
        """Without the base's look-up of this computer's name, which asks the network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "PracticeNetwork"
    sys_version = ""
    timeout = 60  # seconds that a silent client is listened to

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error."""

    def do_GET(self) -> None:
        self._serve(self._get)

    def do_POST(self) -> None:
        self._serve(self._post)

    def _serve(self, answer: Callable[[], None]) -> None:
        # A web page elsewhere could give this address a name of its own and read along.
        if (self.headers.get("Host") or "").rpartition(":")[0] not in _HOSTS:
            self._send_json(421, {"error": "InvalidRequest", "message": "Unknown host"})
            return
        try:
            answer()
        except Refusal as refusal:
            body = {"error": refusal.error, "message": refusal.message}
            self._send_json(refusal.status, body)

    def _get(self) -> None:
        repository, parts = self.server.repository, urlsplit(self.path)
        if parts.path == "/":
            self._send_page(200, feed_page(repository))
        elif match := _POST_PAGE.fullmatch(parts.path):
            self._show_post(unquote(match[1]), unquote(match[2]))
        elif parts.path == "/xrpc/com.atproto.sync.getBlob":
            blob = repository.blob(_query(parts.query).get("cid", ""))
            self._send(200, blob.mime, blob.data)
        elif call := _QUERIES.get(parts.path.removeprefix("/xrpc/")):
            self._send_json(200, call(repository, _query(parts.query)))
        else:
            self._send_page(404, missing_page())

    def _show_post(self, handle: str, key: str) -> None:
        try:
            post = self.server.repository.get(handle, POSTS, key)
        except Refusal:
            self._send_page(404, missing_page())
        else:
            self._send_page(200, post_page(self.server.repository, post))

    def _post(self) -> None:
        repository, method = self.server.repository, self.path.removeprefix("/xrpc/")
        body = self._body()
        if method == "com.atproto.server.createSession":
            given = _object(body)
            session = repository.sign_in(_word(given, "identifier"), _word(given, "password"))
            self._send_json(200, session)
        elif method == "com.atproto.server.refreshSession":
            self._send_json(200, repository.refresh(self._token()))
        elif method == "com.atproto.repo.uploadBlob":
            repository.authorize(self._token())
            blob = repository.add_blob(body, self.headers.get("Content-Type") or "")
            self._send_json(200, {"blob": blob})
        elif call := _PROCEDURES.get(method):
            repository.authorize(self._token())
            self._send_json(200, call(repository, _object(body)))
        else:
            raise refuse(f"No service configured for {method}")

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(min(length, _MOST_BYTES))
        film = self.headers.get("Content-Type") == "video/mp4"
        most = LARGEST_VIDEO if film else LARGEST_UPLOAD
        if len(body) < length <= most:
            raise ConnectionError  # the client gave up half-way
        if length > most:
            raise Refusal(413, "PayloadTooLarge", "request entity too large")
        return body

    def _token(self) -> str:
        return (self.headers.get("Authorization") or "").removeprefix("Bearer ").strip()

    def _send_json(self, status: int, content: Mapping[str, Any]) -> None:
        self._send(status, "application/json; charset=utf-8", json.dumps(content).encode())

    def _send_page(self, status: int, page: str) -> None:
        self._send(status, "text/html; charset=utf-8", page.encode(errors="replace"))

    def _send(self, status: int, mime: str, data: bytes) -> None:
        self.send_response(status)
        headers = {"Content-Type": mime, "Content-Length": str(len(data)), **_HEADERS}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _query(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


def _object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "SyntaxError", "Expected JSON") from None
    if not isinstance(content, dict):
        raise refuse("Expected object value type at $")
    return content


def _word(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str):
        raise refuse(f'Missing required key "{name}" at $')
    return value


def _where(given: Mapping[str, Any]) -> tuple[str, str, str]:
    return _word(given, "repo"), _word(given, "collection"), _word(given, "rkey")


def _shown(repository: Repository, record: Record) -> dict[str, Any]:
    return {"uri": repository.uri(record.key), "cid": record.cid, "value": record.value}


def _describe(repository: Repository, given: Mapping[str, str]) -> dict[str, Any]:
    """`practice` is our own word: the connector then knows that the pages here show the posts."""
    return {"did": "did:web:localhost", "availableUserDomains": [".test"], "practice": True}


def _resolve(repository: Repository, given: Mapping[str, str]) -> dict[str, Any]:
    if given.get("handle", "").lower() != repository.handle.lower():
        raise refuse("Unable to resolve handle")
    return {"did": repository.did}


def _get_record(repository: Repository, given: Mapping[str, str]) -> dict[str, Any]:
    return _shown(repository, repository.get(*_where(given)))


def _list_records(repository: Repository, given: Mapping[str, str]) -> dict[str, Any]:
    return {"records": [_shown(repository, record) for record in repository.posts()]}


def _put_record(repository: Repository, given: Mapping[str, Any]) -> dict[str, Any]:
    record = repository.put(*_where(given), given.get("record"))
    return {"uri": repository.uri(record.key), "cid": record.cid, "validationStatus": "valid"}


def _delete_record(repository: Repository, given: Mapping[str, Any]) -> dict[str, Any]:
    repository.delete(*_where(given))
    return {}


_QUERIES: dict[str, Callable[[Repository, Mapping[str, str]], dict[str, Any]]] = {
    "com.atproto.server.describeServer": _describe,
    "com.atproto.identity.resolveHandle": _resolve,
    "com.atproto.repo.getRecord": _get_record,
    "com.atproto.repo.listRecords": _list_records,
}
_PROCEDURES: dict[str, Callable[[Repository, Mapping[str, Any]], dict[str, Any]]] = {
    "com.atproto.repo.putRecord": _put_record,
    "com.atproto.repo.deleteRecord": _delete_record,
}
