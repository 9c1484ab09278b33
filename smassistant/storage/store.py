"""The database as the services see it: units of work, listeners, proof that it is whole."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Engine

from smassistant.errors import UserError
from smassistant.ports import Change, Clock, Listener
from smassistant.storage.engine import READING
from smassistant.storage.integrity import file_faults
from smassistant.storage.repositories.base import Unit
from smassistant.storage.repositories.deliveries import DeliveriesTable
from smassistant.storage.repositories.imports import ImportsTable
from smassistant.storage.repositories.lookups import LookupsTable
from smassistant.storage.repositories.merges import MergesTable
from smassistant.storage.repositories.posts import PhotosTable, PostsTable
from smassistant.storage.repositories.referrals import ReferralsTable
from smassistant.storage.repositories.registry import ConsentsTable, PeopleTable
from smassistant.storage.repositories.rules import FeedbackTable, RulePacksTable
from smassistant.storage.repositories.sightings import BarsTable, SightingsTable
from smassistant.storage.repositories.staff import (
    AccountsTable,
    SecretsTable,
    SettingsTable,
    UsersTable,
)
from smassistant.storage.repositories.takedowns import ScansTable, TakedownsTable
from smassistant.storage.repositories.trail import TrailTable
from smassistant.storage.troubles import told_plainly

log = logging.getLogger(__name__)


class SqlWork:
    """Implements `ports.Work`: the repositories of one unit of work."""

    def __init__(self, unit: Unit, audit_key: bytes) -> None:
        self.people = PeopleTable(unit)
        self.consents = ConsentsTable(unit)
        self.lookups = LookupsTable(unit)
        self.imports = ImportsTable(unit)
        self.merges = MergesTable(unit)
        self.scans = ScansTable(unit)
        self.takedowns = TakedownsTable(unit)
        self.posts = PostsTable(unit)
        self.referrals = ReferralsTable(unit)
        self.rule_packs = RulePacksTable(unit)
        self.feedback = FeedbackTable(unit)
        self.photos = PhotosTable(unit)
        self.sightings = SightingsTable(unit)
        self.bars = BarsTable(unit)
        self.deliveries = DeliveriesTable(unit)
        self.users = UsersTable(unit)
        self.accounts = AccountsTable(unit)
        self.settings = SettingsTable(unit)
        self.trail = TrailTable(unit, audit_key)
        self.secrets = SecretsTable(unit)


class SqlStore:
    """Implements `ports.Store` on an engine whose database is migrated."""

    def __init__(self, engine: Engine, clock: Clock, audit_key: bytes) -> None:
        self._engine = engine
        self._readers = engine.execution_options(**_reading_options(engine))
        self._clock = clock
        self._audit_key = audit_key
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()
        self._mine = threading.local()

    def __repr__(self) -> str:
        return f"SqlStore({self._engine.dialect.name})"

    def write(self) -> AbstractContextManager[SqlWork]:
        """Write access; commits when the block ends well, then tells the listeners."""
        return self._write()

    def read(self) -> AbstractContextManager[SqlWork]:
        """A consistent view without a lock; writing in it is an error."""
        return self._read()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each commit, on the committing thread; returns how to stop."""
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file or its rows, in plain words; empty when it is whole."""
        try:
            with self._reading() as unit:
                trail = TrailTable(unit, self._audit_key)
                return (*file_faults(unit.connection), *trail.faults())
        except UserError as error:
            return (str(error),)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _write(self) -> Iterator[SqlWork]:
        if getattr(self._mine, "writing", False):
            # It would wait for itself.
            raise RuntimeError("a unit of work that writes inside another one")
        self._mine.writing = True
        try:
            with told_plainly(), self._engine.begin() as connection:
                unit = Unit(connection, self._clock.now(), writing=True)
                yield SqlWork(unit, self._audit_key)
        finally:
            self._mine.writing = False
        self._tell(tuple(unit.changes))

    @contextmanager
    def _read(self) -> Iterator[SqlWork]:
        with self._reading() as unit:
            yield SqlWork(unit, self._audit_key)

    @contextmanager
    def _reading(self) -> Iterator[Unit]:
        with told_plainly(), self._readers.begin() as connection:
            yield Unit(connection, self._clock.now(), writing=False)

    def _tell(self, changes: tuple[Change, ...]) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners if changes else ():
            try:
                listener(changes)
            except Exception as defect:  # noqa: BLE001 - whatever a listener does wrong
                # The commit stands: one listener's defect must not make it look failed. Its
                # message may hold a name, so only its kind is logged.
                log.error("a listener failed: %s", type(defect).__name__)


def _reading_options(engine: Engine) -> dict[str, object]:
    """What makes a transaction a consistent view."""
    if engine.dialect.name == "sqlite":
        return {READING: True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
