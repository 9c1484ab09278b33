"""Asks the process that opens pictures, within bounds, and outlives whatever happens to it."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

from smassistant.errors import Cancelled, UserError
from smassistant.i18n import _
from smassistant.imaging.scratch import clear_scratch
from smassistant.imaging.wire import Frame, receive, send
from smassistant.jobs import Task

log = logging.getLogger(__name__)

COMMAND = (
    sys.executable, "-I", "-X", "utf8", str(Path(__file__).with_name("child.py").resolve()),
)  # fmt: skip
EVERY = 0.05  # seconds between looks at whether the person cancelled


class _Ended(Exception):
    """The process is no more; `idle` when it ended by itself before it took the question."""

    def __init__(self, idle: bool) -> None:
        super().__init__()
        self.idle = idle


@dataclass
class _Held:
    """The process that runs now; apart from the worker, so that it ends with it."""

    process: subprocess.Popen[bytes] | None = None
    closed: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def started(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """The running process, a new one if need be. Raises OSError where none can start."""
        with self.lock:
            if self.closed:
                raise Cancelled
            if self.process is None or self.process.poll() is not None:
                self._end()
                self.process = _start(command)
            return self.process

    def end(self, closed: bool = False) -> None:
        """Kill the process; it holds nothing that could be lost."""
        with self.lock:
            self.closed |= closed
            self._end()

    def _end(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        clear_scratch(process.pid)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None and not pipe.closed:
                _close(pipe)


class Worker:
    """One process, one question at a time; started with the first. Thread-safe."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._held = _Held()
        self._turn = threading.Lock()
        self._end = weakref.finalize(self, self._held.end, True)

    @property
    def pid(self) -> int | None:
        """The number of the process that runs now; None where none does."""
        process = self._held.process
        return process.pid if process is not None and process.poll() is None else None

    def ask(self, question: Frame, seconds: float, task: Task) -> Frame:
        """The answer, within `seconds` once its turn has come; progress goes to `task`.

        Raises `Cancelled` within a twentieth of a second, and UserError when the process took too
        long or ended; the next question starts a new one.
        """
        with self._my_turn(task):
            try:
                return self._exchange(question, seconds, task)
            except _Ended as ended:
                if not ended.idle:
                    raise _broke() from None
            try:
                return self._exchange(question, seconds, task)
            except _Ended:
                raise _broke() from None

    def close(self) -> None:
        """End the process, for good; who waits for an answer gets `Cancelled`."""
        self._end()

    @contextmanager
    def _my_turn(self, task: Task) -> Iterator[None]:
        while not self._turn.acquire(timeout=EVERY):
            task.check()
        try:
            task.check()
            yield
        finally:
            self._turn.release()

    def _exchange(self, question: Frame, seconds: float, task: Task) -> Frame:
        try:
            process = self._held.started(self._command)
        except OSError as error:
            log.warning("the picture reader does not start: %s", type(error).__name__)
            raise _does_not_start() from None
        heard: SimpleQueue[Frame | None] = SimpleQueue()
        talk = threading.Thread(target=_talk, args=(process, question, heard), daemon=True)
        talk.start()
        try:
            return self._wait(heard, process, monotonic() + seconds, task)
        except BaseException:
            self._held.end()
            raise
        finally:
            talk.join()

    def _wait(
        self,
        heard: SimpleQueue[Frame | None],
        process: subprocess.Popen[bytes],
        deadline: float,
        task: Task,
    ) -> Frame:
        begun = False
        while True:
            task.check()
            if monotonic() > deadline:
                raise _took_too_long()
            try:
                frame = heard.get(timeout=EVERY)
            except Empty:
                continue
            if frame is None:
                if self._held.closed:
                    raise Cancelled
                raise _Ended(not begun and _left(process))
            if "progress" not in frame.head:
                return frame
            begun = True
            task.report(*frame.head["progress"])


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no console beside ours
    )


def _left(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process ended by itself and in order, rather than saying what makes no sense."""
    try:
        return process.wait(timeout=1) == 0
    except subprocess.TimeoutExpired:
        return False


def _talk(
    process: subprocess.Popen[bytes], question: Frame, heard: SimpleQueue[Frame | None]
) -> None:
    """Ask and pass on what is said, on a thread: pipes can't be waited for on every system."""
    try:
        if process.stdin is None or process.stdout is None:
            raise OSError
        send(process.stdin, question)  # type: ignore[arg-type]
        frame = Frame({"progress": ()})
        while "progress" in frame.head:
            frame = receive(process.stdout)  # type: ignore[arg-type]
            heard.put(frame)
    except (EOFError, OSError, ValueError):
        heard.put(None)


def _close(pipe: object) -> None:
    try:
        pipe.close()  # type: ignore[attr-defined]
    except OSError:
        return  # what was not sent yet is lost with the process


def _broke() -> UserError:
    return UserError(
        _("The picture can't be used."),
        _("The part of the program that opens pictures broke off on it."),
        _("Open it in another program and save a new copy, or choose another picture."),
    )


def _took_too_long() -> UserError:
    return UserError(
        _("The picture took too long."),
        _("The program stopped working on it, so that other pictures can go on."),
        _("Try again, or save a smaller copy and use that."),
    )


def _does_not_start() -> UserError:
    return UserError(
        _("Pictures can't be opened."),
        _("The part of the program that opens them does not start."),
        _("Close other programs and try again; if that does not help, install it again."),
    )
