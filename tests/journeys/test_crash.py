"""Killed at any moment, started twice, or on a bad line: the post stands once, and it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smassistant.connectors.bluesky import Bluesky as BlueskyConnector
from smassistant.connectors.http import Http, Limits
from smassistant.domain.deliveries import DeliveryState
from smassistant.services.delivering import publish_due
from smassistant.services.reviewing import Reviewer
from tests.fakes.clock import HandClock
from tests.journeys.homes import Home, approved, environment, some_text, through
from tests.journeys.readers import Reader
from tests.servers.bluesky import Bluesky
from tests.servers.faults import FaultProxy

ROOT = Path(__file__).resolve().parents[2]
BOUNDARIES = ("claimed", "uploaded", "armed", "sent", "published")
PUT = "POST /xrpc/com.atproto.repo.putRecord"
AFTER_THE_LEASE = ("6", "8", "10", "13")  # minutes; an armed post is looked for 90 s after that


class OtherProgram:
    """A second run of the program, stopped between opening the school and publishing."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", self._errors()

    def publish(self) -> None:
        """Let it go on."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def end(self) -> tuple[int, list[str]]:
        """Its exit status and the boundaries it reached."""
        output, errors = self._process.communicate(timeout=60)
        assert "Traceback" not in errors, errors
        return self._process.returncode, output.split()

    def _errors(self) -> str:
        self._process.kill()
        return self._process.communicate()[1]


@contextmanager
def other_program(home: Home, *options: str) -> Iterator[OtherProgram]:
    command = [sys.executable, "-m", "tests.journeys.other_program", str(home.folder), *options]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environ = {**os.environ, **environment()}
    with subprocess.Popen(command, cwd=ROOT, env=environ, text=True, **pipes) as process:
        try:
            yield OtherProgram(process)
        finally:
            process.kill()


def approve(home: Home, text: str) -> None:
    """One approved post with a picture, due now, in the closed school."""
    context = home.open()
    try:
        approved(home, context, text, (home.bluesky,), (home.picture,))
    finally:
        context.store.close()


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_killed_at_a_boundary_and_started_again(
    home: Home, bluesky: Bluesky, boundary: str
) -> None:
    text = some_text()
    approve(home, text)
    with other_program(home, "--die-at", boundary) as killed:
        killed.publish()
        status, reached = killed.end()
    assert status != 0
    assert reached[-1] == boundary
    with other_program(home, "--later", *AFTER_THE_LEASE) as later:
        later.publish()
        status, reached = later.end()
    assert status == 0
    sent_again = reached.count("sent")
    assert sent_again == (0 if boundary in ("sent", "published") else 1)
    (row,) = home.deliveries()
    assert row.state is DeliveryState.PUBLISHED
    (post,) = Reader(bluesky).posts(text)
    assert row.remote_id == post["uri"]
    assert [image["alt"] for image in post["value"]["embed"]["images"]] == [home.picture.alt_text]


def test_killed_again_and_again(home: Home, bluesky: Bluesky) -> None:
    text = some_text()
    approve(home, text)
    start = 0
    for boundary in ("claimed", "uploaded", "armed", "sent"):
        minutes = str(start), str(start + 2)  # past the lease, then past the quiet time
        with other_program(home, "--later", *minutes, "--die-at", boundary) as killed:
            killed.publish()
            _status, reached = killed.end()
        assert reached[-1] == boundary
        start += 8
    with other_program(home, "--later", str(start), str(start + 2)) as later:
        later.publish()
        assert later.end() == (0, [])
    (row,) = home.deliveries()
    assert row.state is DeliveryState.PUBLISHED
    assert len(Reader(bluesky).posts(text)) == 1


def test_two_programs_at_once(home: Home, bluesky: Bluesky) -> None:
    texts = [some_text() for _number in range(4)]
    for text in texts:
        approve(home, text)
    with ExitStack() as stack:
        both = [stack.enter_context(other_program(home)) for _number in range(2)]
        for program in both:
            program.publish()
        ends = [program.end() for program in both]
    assert [status for status, _reached in ends] == [0, 0]
    sent = [word for _status, reached in ends for word in reached if word == "sent"]
    assert len(sent) == len(texts), "each post is sent by one of them, once"
    assert all(row.state is DeliveryState.PUBLISHED for row in home.deliveries())
    assert [len(Reader(bluesky).posts(text)) for text in texts] == [1] * len(texts)


# mode, what goes with it, whether the post is seen to stand without sending anything again
LINES = [
    ("drop_request", {}, False),
    ("drop_response", {}, True),
    ("hang_response", {"seconds": 3}, True),
    ("status_after", {"status": 502}, True),
    ("status_after", {"status": 404}, True),
    ("truncate", {}, True),
    ("status", {"status": 503}, False),
]


@pytest.mark.parametrize(("mode", "details", "stands"), LINES)
def test_bad_line_makes_one_post(
    home: Home,
    bluesky: Bluesky,
    fault_proxy: Callable[[str], FaultProxy],
    mode: str,
    details: dict[str, object],
    stands: bool,
) -> None:
    text, line, clock = some_text(), fault_proxy(bluesky.url), HandClock(datetime.now(UTC))
    http = Http("Bluesky", Limits(connect=5, silence=2, total=20), pause=lambda _seconds: None)
    with_line = {"bluesky": BlueskyConnector(http)}
    opened = home.open()
    context = replace(opened, clock=clock, connectors={**opened.connectors, **with_line})
    try:
        through(context, home.bluesky, line.url)
        approved(home, context, text, (home.bluesky,), (home.picture,))
        reviewer = Reviewer(context)
        line.inject(mode, PUT, **details)
        publish_due(context, reviewer)
        with context.store.read() as work:
            (row,) = work.deliveries.list(DeliveryState)
        assert row.state is DeliveryState.UNCERTAIN
        assert len(Reader(bluesky).posts(text)) == int(stands)
        for _round in range(3):
            clock.pass_time(minutes=2)
            publish_due(context, reviewer)
    finally:
        context.store.close()
    (row,) = home.deliveries()
    assert row.state is DeliveryState.PUBLISHED
    assert len(Reader(bluesky).posts(text)) == 1
    assert len(line.log(PUT)) == (1 if stands else 2), "sent again only where it does not stand"
