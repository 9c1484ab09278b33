"""A server that answers each connection with a script: for answers no real server gives."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

Script = Callable[[socket.socket, bytes], None]


class RawServer:
    """Listens on 127.0.0.1; `requests` are the bytes of those that came, head and body."""

    def __init__(self, script: Script, read_body: bool = True) -> None:
        self._script = script
        self._read_body = read_body
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.requests: list[bytes] = []
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, name="raw-server")

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._listening.accept()
            except OSError:
                return
            with line, contextlib.suppress(OSError):
                line.settimeout(10)
                request = _read_request(line, self._read_body)
                if request:
                    self.requests.append(request)
                    self._script(line, request)

    def __enter__(self) -> RawServer:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()


def _read_request(line: socket.socket, read_body: bool) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        piece = line.recv(65536)
        if not piece:
            return b""
        request += piece
    head, _end, body = request.partition(b"\r\n\r\n")
    length = next(_lengths(head), 0) if read_body else 0
    while len(body) < length:
        piece = line.recv(65536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


def _lengths(head: bytes) -> Iterator[int]:
    for header in head.split(b"\r\n"):
        name, _colon, value = header.partition(b":")
        if name.lower() == b"content-length":
            yield int(value)


def answering(status: int, body: bytes = b"{}", **headers: str) -> Script:
    """A script that gives one whole answer."""

    def script(line: socket.socket, _request: bytes) -> None:
        shown = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        line.sendall(
            f"HTTP/1.1 {status} X\r\n{shown}Content-Length: {len(body)}\r\n\r\n".encode() + body
        )

    return script
