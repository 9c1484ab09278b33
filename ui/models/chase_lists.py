"""The lists to chase, read and narrowed on a worker: there may be a hundred thousand lines."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from smassistant.domain.folding import squash
from smassistant.jobs import Task
from smassistant.services.chasing import Chase, ChaseLine, list_all_chases
from ui import garbage
from ui.jobs import Lane
from ui.session import Session


@dataclass(frozen=True)
class Listed:
    """One list with what it is searched by, and whether all are of one school."""

    lines: tuple[ChaseLine, ...] = ()
    keys: tuple[str, ...] = ()
    one_school: bool = True


NOTHING = Listed()


class ChaseLists(QObject):
    """Off the lane of the store, which others write through meanwhile."""

    begun = Signal(object)  # Task
    loaded = Signal()
    narrowed = Signal(object)  # tuple[ChaseLine, ...]
    failed = Signal(object)  # UserError

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._lists: dict[Chase, Listed] = {}
        self._loading = self._narrowing = Task()

    def of(self, kind: Chase) -> Listed:
        """One list; empty before it is loaded."""
        return self._lists.get(kind, NOTHING)

    @property
    def ready(self) -> bool:
        """Whether the lists were read."""
        return bool(self._lists)

    def load(self) -> None:
        """Read all lists again."""
        session = self._session
        self._loading.cancel()
        garbage.hold(self)
        self._loading = session.jobs.start(
            self, lambda task: _read(session, task), self._take, self._fail, lane=Lane.CHECKS
        )
        self.begun.emit(self._loading)

    def narrow(self, kind: Chase, sought: str) -> None:
        """Find those of a list who have all the words; a later wish overtakes an earlier one."""
        found, words = self.of(kind), [part for word in sought.split() if (part := squash(word))]
        self._narrowing.cancel()
        if not words:
            self.narrowed.emit(found.lines)
            return
        self._narrowing = self._session.jobs.start(
            self,
            lambda _task: _having(found, words),
            self.narrowed.emit,
            self.failed.emit,
            lane=Lane.CHECKS,
        )

    def stop(self) -> None:
        """Read no further; what was read stays."""
        self._narrowing.cancel()
        self._loading.cancel()
        garbage.release(self, keep=bool(self._lists))

    def forget(self) -> None:
        """Drop every name, without a pause that could be felt."""
        self._drop()
        self.stop()

    def _take(self, lists: dict[Chase, Listed]) -> None:
        self._drop()
        self._lists = lists
        garbage.release(self, keep=True)
        self.loaded.emit()

    def _fail(self, error: object) -> None:
        garbage.release(self, keep=bool(self._lists))
        self.failed.emit(error)

    def _drop(self) -> None:
        garbage.let_go([line for found in self._lists.values() for line in found.lines])
        self._lists = {}


def _read(session: Session, task: Task) -> dict[Chase, Listed]:
    """On a worker."""
    keys: dict[str, str] = {}
    found = {}
    for kind, lines in list_all_chases(session.context, session.user, task).items():
        task.check()
        for line in lines:
            if line.person.id not in keys:
                keys[line.person.id] = _key(line)
        schools = {line.person.school for line in lines}
        found[kind] = Listed(lines, tuple(keys[line.person.id] for line in lines), len(schools) < 2)
    return found


def _having(found: Listed, words: list[str]) -> tuple[ChaseLine, ...]:
    """On a worker."""
    return tuple(
        line
        for line, key in zip(found.lines, found.keys, strict=True)
        if all(word in key for word in words)
    )


def _key(line: ChaseLine) -> str:
    person = line.person
    names = (person.first_name, person.preferred_name, *person.other_names, person.last_name)
    parts = (*names, person.number, person.homeroom, person.grade, person.school)
    return " ".join(squash(part) for part in parts if part)
