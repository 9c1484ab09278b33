"""An `Http` that answers from a table and notes what was asked: for servers on the internet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from smassistant.connectors.http import Answer, Http
from smassistant.jobs import Task


@dataclass(frozen=True)
class Asked:
    """One call: its URL, its body, the token that went with it."""

    url: str
    body: bytes
    token: str


class ScriptedHttp(Http):
    """`answers` maps the last part of a path to a status and a JSON object."""

    def __init__(self, answers: Mapping[str, tuple[int, object]]) -> None:
        super().__init__("Bluesky")
        self._answers = answers
        self.asked: list[Asked] = []

    def get(self, url: str, params: Mapping[str, str] | None = None, token: str = "") -> Answer:
        return self._answer(url, b"", token)

    def post(
        self,
        url: str,
        body: bytes = b"",
        mime: str = "application/json",
        token: str = "",
        task: Task | None = None,
        publishes: bool = False,
    ) -> Answer:
        return self._answer(url, body, token)

    def _answer(self, url: str, body: bytes, token: str) -> Answer:
        self.asked.append(Asked(url, body, token))
        status, content = self._answers[url.rpartition(".")[2]]
        return Answer(status, {}, json.dumps(content).encode())
