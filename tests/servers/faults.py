"""The bad line between the program and a server: fault_proxy.py and its control."""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.servers.processes import HERE, running


class FaultProxy:
    """A running proxy: give the program `url` instead of the server's."""

    def __init__(self, url: str) -> None:
        self.url = url

    def inject(self, mode: str, match: str = "", count: int = 1, **details: Any) -> None:
        """Spoil the next `count` requests whose "METHOD /path" starts with the regex `match`.

        `mode` and `details` (seconds, status, headers, body) are told in fault_proxy.py.
        """
        self._control(
            "POST", "/__faults__", {"mode": mode, "match": match, "count": count, **details}
        )

    def clear(self) -> None:
        """Forget the faults still to come and the log."""
        self._control("DELETE", "/__faults__")

    def log(self, match: str = "") -> list[dict[str, Any]]:
        """What reached the proxy: `line`, `fault`, `forwarded` and the server's `status`."""
        return [entry for entry in self._control("GET", "/__log__") if match in entry["line"]]

    def _control(self, method: str, path: str, body: object = None) -> list[dict[str, Any]]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)  # noqa: S310 - our own loopback URL
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            seen: list[dict[str, Any]] = json.load(response)
            return seen


@contextmanager
def run_fault_proxy(upstream: str, folder: Path) -> Iterator[FaultProxy]:
    """A proxy in front of the server at `upstream`."""
    command = [sys.executable, str(HERE / "fault_proxy.py"), upstream]
    with running(command, folder / "fault_proxy.log", seconds=20) as ready:
        yield FaultProxy(ready["url"])
