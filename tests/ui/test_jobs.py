"""Work off the window's thread: who gets the result, and who doesn't."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from smassistant.errors import UserError
from smassistant.jobs import Task
from ui.jobs import JobRunner, Lane


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_a_result_arrives_on_the_windows_thread(
    qtbot: QtBot, runner: JobRunner, owner: QObject
) -> None:
    seen: list[object] = []

    def work(task: Task) -> int:
        seen.append(threading.current_thread())
        return 42

    runner.start(owner, work, lambda result: seen.extend((result, threading.current_thread())))
    qtbot.waitUntil(runner.idle)
    worker, result, here = seen
    assert result == 42
    assert here is threading.main_thread()
    assert worker is not here


def test_jobs_of_one_lane_run_in_their_order_and_lanes_do_not_wait_for_one_another(
    qtbot: QtBot, runner: JobRunner, owner: QObject
) -> None:
    gate = threading.Event()
    order: list[str] = []
    runner.start(owner, lambda task: gate.wait(5), lambda _r: order.append("first"))
    runner.start(owner, lambda task: None, lambda _r: order.append("second"))
    runner.start(owner, lambda task: None, lambda _r: order.append("other"), lane=Lane.CHECKS)
    qtbot.waitUntil(lambda: order == ["other"])
    gate.set()
    qtbot.waitUntil(runner.idle)
    assert order == ["other", "first", "second"]


def test_nothing_is_delivered_to_an_owner_who_is_gone(qtbot: QtBot, runner: JobRunner) -> None:
    gate = threading.Event()
    owner, delivered = QWidget(), []
    task = runner.start(owner, lambda task: gate.wait(5), delivered.append, delivered.append)
    delete(owner)
    gate.set()
    qtbot.waitUntil(runner.idle)
    assert delivered == []
    assert task.cancelled


def test_nothing_is_delivered_of_a_cancelled_job(
    qtbot: QtBot, runner: JobRunner, owner: QObject
) -> None:
    gate, delivered = threading.Event(), []
    task = runner.start(owner, lambda task: gate.wait(5), delivered.append, delivered.append)
    task.cancel()
    gate.set()
    qtbot.waitUntil(runner.idle)
    assert delivered == []


def test_a_job_cancelled_while_it_waits_never_starts(
    qtbot: QtBot, runner: JobRunner, owner: QObject
) -> None:
    gate, ran = threading.Event(), []
    runner.start(owner, lambda task: gate.wait(5))
    runner.start(owner, lambda task: ran.append(1)).cancel()
    gate.set()
    qtbot.waitUntil(runner.idle)
    assert ran == []


def test_a_user_error_arrives_as_it_is(qtbot: QtBot, runner: JobRunner, owner: QObject) -> None:
    failed: list[UserError] = []

    def work(task: Task) -> None:
        raise UserError("The disk is full.", "", "Free some space.")

    runner.start(owner, work, failed=failed.append)
    qtbot.waitUntil(runner.idle)
    assert [error.title for error in failed] == ["The disk is full."]


def test_a_defect_is_told_plainly_and_logged_without_its_content(
    qtbot: QtBot, runner: JobRunner, owner: QObject, log: Path
) -> None:
    failed: list[UserError] = []

    def work(task: Task) -> None:
        raise ValueError("Emma Smith")

    runner.start(owner, work, failed=failed.append)
    qtbot.waitUntil(runner.idle)
    assert "Emma" not in str(failed[0])
    written = log.read_text()
    assert "ValueError" in written
    assert "test_jobs.py" in written
    assert "Emma" not in written


def test_progress_reaches_the_window_and_the_last_step_is_never_lost(
    qtbot: QtBot, runner: JobRunner, owner: QObject
) -> None:
    steps: list[tuple[int, int, str]] = []

    def work(task: Task) -> None:
        for done in range(1, 1001):
            task.report(done, 1000, "people")

    runner.start(owner, work, progress=lambda *step: steps.append(step))
    qtbot.waitUntil(runner.idle)
    assert steps[-1] == (1000, 1000, "people")
    assert len(steps) < 100


def test_a_widget_is_never_destroyed_on_a_worker(qtbot: QtBot, runner: JobRunner) -> None:
    """The job's function may hold the last reference to a widget."""
    where: list[QThread] = []

    def start() -> None:
        widget = QWidget()
        widget.destroyed.connect(lambda: where.append(QThread.currentThread()))
        runner.start(runner, lambda task: widget.objectName())

    start()
    qtbot.waitUntil(runner.idle)
    qtbot.waitUntil(lambda: bool(where))
    assert where == [runner.thread()]


def test_after_shutdown_nothing_starts_and_nothing_arrives(qtbot: QtBot, owner: QObject) -> None:
    runner, delivered, started = JobRunner(), [], threading.Event()

    def work(task: Task) -> int:
        started.set()
        return 1

    runner.start(owner, work, delivered.append)
    started.wait(5)
    runner.shutdown()
    late = runner.start(owner, work, delivered.append)
    qtbot.wait(20)
    assert delivered == []
    assert late.cancelled
    assert runner.idle()


def test_jobs_start_on_the_windows_thread_only(
    qtbot: QtBot, runner: JobRunner, owner: QObject
) -> None:
    failed: list[UserError] = []
    runner.start(owner, lambda task: runner.start(owner, lambda task: 1), failed=failed.append)
    qtbot.waitUntil(runner.idle)
    assert len(failed) == 1
