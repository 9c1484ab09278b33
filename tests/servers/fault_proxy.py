"""An HTTP proxy that spoils chosen requests: python fault_proxy.py UPSTREAM_URL [PORT].

Prints one JSON ready line, serves on 127.0.0.1, stops on SIGTERM. Standard library only.

Control, over the same port:
  POST   /__faults__  {"mode": MODE, "match": REGEX, "count": N, "seconds": S, "status": S,
                       "headers": {}, "body": …}    spoil the next N requests that match
  DELETE /__faults__                                forget faults and log
  GET    /__log__     [{"line": "POST /x", "fault": MODE|null, "forwarded": bool, "status": N|null}]
`match` is tried at the start of "METHOD /path?query".

Modes:
  drop_request   the line breaks before the server saw anything
  drop_response  the server did it, the line breaks before its answer
  hang_response  the server did it, its answer never comes ("seconds", then the line breaks)
  status_after   the server did it, something between answers "status" (502)
  status         something between answers "status" (503) instead of the server
  truncate       half of the answer's body, then the line breaks
  delay          "seconds" pass before the server sees it (a client may give up meanwhile)
  slow           the answer comes in drips
"""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

ONE_HOP = {
    *("connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "expect"),
    *("content-length", "proxy-authorization", "proxy-connection"),
}
DRIP = 512
DRIP_PAUSE = 0.02


@dataclass
class Fault:
    """What to do to the next `count` requests whose line starts with `match`."""

    mode: str
    match: str = ""
    count: int = 1
    seconds: float = 30.0
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass
class Seen:
    """One request that reached the proxy."""

    line: str
    fault: str | None
    forwarded: bool = False
    status: int | None = None


class Ledger:
    """The faults still to come and the requests seen, shared by the handlers' threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self.seen: list[Seen] = []

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()
            self.seen.clear()

    def take(self, line: str) -> tuple[Fault | None, Seen]:
        """The fault for this request, used up by one, and the log entry begun for it."""
        with self._lock:
            fault = next((f for f in self._faults if re.match(f.match, line)), None)
            if fault:
                fault.count -= 1
                if fault.count <= 0:
                    self._faults.remove(fault)
            entry = Seen(line, fault.mode if fault else None)
            self.seen.append(entry)
            return fault, entry


class Proxy(ThreadingHTTPServer):
    """The listening side; one thread a connection."""

    daemon_threads = True

    def __init__(self, port: int, upstream: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.upstream = upstream
        self.ledger = Ledger()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what these tests are about: say nothing."""


class Handler(BaseHTTPRequestHandler):
    """Takes one request, spoils it or hands it on."""

    protocol_version = "HTTP/1.1"
    server: Proxy

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error; `/__log__` tells."""

    def answer_request(self) -> None:
        body = self._read_body()
        if self.path.startswith("/__"):
            self._control(body)
            return
        fault, entry = self.server.ledger.take(f"{self.command} {self.path}")
        mode = fault.mode if fault else ""
        if mode == "drop_request":
            self._break_line()
        elif fault and mode == "status":
            self._answer_for(fault, 503)
        else:
            if fault and mode == "delay":
                time.sleep(fault.seconds)
            answer = self._forward(body, entry)
            self._pass_back(fault, *answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer_request

    def _control(self, body: bytes) -> None:
        ledger = self.server.ledger
        if self.command == "POST":
            ledger.add(Fault(**json.loads(body)))
        elif self.command == "DELETE":
            ledger.clear()
        log = json.dumps([asdict(entry) for entry in ledger.seen])
        self._send(200, [("Content-Type", "application/json")], log.encode())

    def _read_body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _forward(self, body: bytes, entry: Seen) -> tuple[int, list[tuple[str, str]], bytes]:
        upstream = http.client.HTTPConnection(self.server.upstream, timeout=60)
        try:
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in ONE_HOP:
                    upstream.putheader(name, value)
            if body or self.command in ("POST", "PUT", "PATCH"):
                upstream.putheader("Content-Length", str(len(body)))
            upstream.endheaders(body)
            entry.forwarded = True
            response = upstream.getresponse()
            data = response.read()
            entry.status = response.status
            return response.status, response.getheaders(), data
        finally:
            upstream.close()

    def _pass_back(
        self, fault: Fault | None, status: int, headers: list[tuple[str, str]], data: bytes
    ) -> None:
        mode = fault.mode if fault else ""
        if fault and mode == "status_after":
            self._answer_for(fault, 502)
        elif mode == "drop_response":
            self._break_line()
        elif fault and mode == "hang_response":
            time.sleep(fault.seconds)
            self._break_line()
        elif mode == "truncate":
            self._send(status, headers, data, sent=len(data) // 2)
        else:
            self._send(status, headers, data, drip=mode == "slow")

    def _answer_for(self, fault: Fault, default: int) -> None:
        body = b"" if fault.body is None else json.dumps(fault.body).encode()
        self._send(fault.status or default, list(fault.headers.items()), body)

    def _send(
        self,
        status: int,
        headers: list[tuple[str, str]],
        data: bytes,
        sent: int | None = None,
        drip: bool = False,
    ) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ONE_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        if not drip:
            self.wfile.write(data[:sent])
            return
        for start in range(0, len(data), DRIP):
            self.wfile.write(data[start : start + DRIP])
            self.wfile.flush()
            time.sleep(DRIP_PAUSE)

    def _break_line(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


def main() -> None:
    """Serve until SIGTERM."""
    upstream = urlsplit(sys.argv[1]).netloc
    proxy = Proxy(int(sys.argv[2]) if len(sys.argv) > 2 else 0, upstream)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=proxy.shutdown).start())
    url = f"http://127.0.0.1:{proxy.server_address[1]}"
    ready = {"ready": True, "service": "fault_proxy", "url": url, "upstream": upstream}
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    proxy.serve_forever(poll_interval=0.05)


if __name__ == "__main__":
    main()
