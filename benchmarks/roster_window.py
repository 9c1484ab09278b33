"""The window while 100,000 people are read, shown, listed and written: its longest turn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter, sleep, thread_time

from PySide6.QtWidgets import QApplication

from benchmarks.roster_child import Desk
from benchmarks.rows import Row
from smassistant.domain.settings import Settings
from smassistant.services.chasing import Chase, ExportFormat
from smassistant.services.reviewing import Reviewer
from ui import theme
from ui.changes import Changes
from ui.dialogs.roster import RosterDialog
from ui.garbage import Collector
from ui.jobs import JobRunner
from ui.memory import Memory
from ui.pages.chase import ChasePage
from ui.pages.registry import RegistryPage
from ui.session import Session
from ui.shell.workspace import Workspace

LISTED = 20_000
FRAME = 16.0  # milliseconds between two pictures on the screen
REST = 0.001  # seconds
CALM = 0.5  # seconds without work after which all is done
PEER = "busy itself"


def stand_stills(desk: Desk, table: Path, folder: Path) -> Iterator[Row]:
    """Each case in milliseconds, on the window's thread; `desk` is empty in the beginning."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    sys.setswitchinterval(0.001)  # as the program does
    app.setStyle("Fusion")
    theme.apply(app, theme.Scheme.LIGHT)
    with opened(desk, folder) as (session, shell):
        watch = Watch(app, session)
        for name, act in _acts(watch, shell, table, folder):
            stood, worked = watch.longest(act)
            yield Row(f"the window stands still, {name}", stood, worked, "ms", PEER, FRAME)
        shell.close_down()


class Watch:
    """Lets the window live until all work is done, and times each turn of its thread."""

    def __init__(self, app: QApplication, session: Session) -> None:
        self._app, self._session = app, session

    def longest(self, act: Callable[[], object]) -> tuple[float, float]:
        """The longest turn from the beginning of `act` until nothing is left to do.

        First as a person feels it, then what the thread worked itself: the rest is waiting for
        the workers and for other programs.
        """
        turns, calm = [_timed(act)], 0.0
        while calm < CALM:
            sleep(REST)
            turns.append(_timed(self._app.processEvents))
            calm = calm + REST if self._session.jobs.idle() else 0.0
        return max(stood for stood, _worked in turns), max(worked for _stood, worked in turns)


def _acts(
    watch: Watch, shell: Workspace, table: Path, folder: Path
) -> Iterator[tuple[str, Callable[[], object]]]:
    people = shell.page("registry")
    assert isinstance(people, RegistryPage)
    shell.go_to("registry")
    watch.longest(people.open)
    dialog = RosterDialog(people.session, people)
    dialog.imported.connect(people.work.offer_way_back)
    dialog.open()
    yield "reading and comparing the roster", lambda: dialog.read(table)
    watch.longest(lambda: dialog.show_step(3))
    yield "bringing it in", dialog.finish_up
    yield "loading the people list again", people.open
    yield "typing a name", lambda: people.search.setText("an")
    watch.longest(lambda: shell.go_to("chase"))
    chase = shell.page("chase")
    assert isinstance(chase, ChasePage)
    yield "reading the lists to chase", chase.lists.load
    yield "showing the longest list", lambda: chase.choose(Chase.NO_SIGNER)
    for format in ExportFormat:
        lines, path = chase.model.shown[:LISTED], folder / f"list.{format.value}"
        name = f"writing {len(lines):,} lines as {format.value.upper()}"
        yield name, partial(chase.exit.write, Chase.NO_SIGNER, lines, path, format)


@contextmanager
def opened(desk: Desk, folder: Path) -> Iterator[tuple[Session, Workspace]]:
    """A signed-in window on the desk's database."""
    jobs, shell, changes = JobRunner(), Workspace(), Changes(desk.context.store)
    session = Session(
        desk.context, desk.clerk, jobs, changes, Reviewer(desk.context), Settings(), shell,
        Memory(folder),
    )  # fmt: skip
    garbage = Collector(shell)
    try:
        shell.settle(session, "light")
        shell.resize(1366, 768)
        shell.show()
        yield session, shell
    finally:
        jobs.shutdown()
        changes.close()
        garbage.stop()


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    begin, busy = perf_counter(), thread_time()
    call()
    return (perf_counter() - begin) * 1000, (thread_time() - busy) * 1000
