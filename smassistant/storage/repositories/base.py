"""What repositories share: their unit of work, and tables that mirror dataclasses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, insert, select, update

from smassistant.errors import Clash
from smassistant.i18n import _
from smassistant.ports import Change
from smassistant.storage.rows import CounterRow

_MOST_CHANGES = 1000  # told one by one
REVISION = "people"  # the counter that grows with each change of people or consents


@dataclass
class Unit:
    """What one unit of work hands to its repositories; `changes` are told after the commit."""

    connection: Connection
    now: datetime
    writing: bool
    changes: dict[Change, None] = field(default_factory=dict)
    _revision: int = 0

    def change(self, kind: str, *ids: str) -> None:
        """Note what is about to change; writing in a unit that only reads is a defect.

        Of very many only one note is made, without an id.
        """
        if not self.writing:
            raise RuntimeError("writing in a unit of work that only reads")
        if len(ids) > _MOST_CHANGES:
            ids = ("",)
        self.changes.update(dict.fromkeys(Change(kind, id_) for id_ in ids))

    def rows(self, statement: Select[*tuple[Any, ...]]) -> list[Any]:
        """The rows a select finds."""
        return list(self.connection.execute(statement).all())

    def run(self, statement: Any, values: list[dict[str, Any]] | None = None) -> int:
        """Run a change; how many rows it touched."""
        return self.connection.execute(statement, values).rowcount

    def pour(self, row: Any, names: tuple[str, ...], values: list[tuple[Any, ...]]) -> None:
        """Insert many rows, `values` in the order of `names` as the driver takes them.

        SQLAlchemy's own way costs as much again for each row as the database does. So do None and
        bool, for which SQLite's driver seeks an adapter each time.
        """
        if not values:
            return
        columns = zip(names, zip(*values, strict=True), strict=True)
        filled = {name: self._plain(column) for name, column in columns if not _is_empty(column)}
        marks = ", ".join([self._mark] * len(filled))
        sql = f"INSERT INTO {row.__tablename__} ({', '.join(filled)}) VALUES ({marks})"  # noqa: S608
        self.connection.exec_driver_sql(sql, list(zip(*filled.values(), strict=True)))

    def rewrite(
        self, row: Any, names: tuple[str, ...], keys: tuple[str, ...], values: list[tuple[Any, ...]]
    ) -> int:
        """Update many rows, `values` in the order of `names` and `keys`; how many there were."""
        if not values:
            return 0
        sets = ", ".join(f"{name} = {self._mark}" for name in names)
        where = " AND ".join(f"{key} = {self._mark}" for key in keys)
        sql = f"UPDATE {row.__tablename__} SET {sets} WHERE {where}"  # noqa: S608
        return self.connection.exec_driver_sql(sql, values).rowcount

    def driver_value(self, value: date | None) -> Any:
        """A day or an instant as the driver takes it, the same as the column types make it."""
        return _as_text(value) if self._embedded and value is not None else value

    def _plain(self, column: tuple[Any, ...]) -> Iterable[Any]:
        return map(int, column) if self._embedded and isinstance(column[0], bool) else column

    @cached_property
    def _embedded(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    @property
    def _mark(self) -> str:
        return "?" if self._embedded else "%s"

    def revise(self) -> int:
        """Let the registry's revision grow, once in each unit; the new one."""
        if not self._revision:
            counter = CounterRow.name == REVISION
            if not self.run(update(CounterRow).where(counter).values(value=CounterRow.value + 1)):
                self.run(insert(CounterRow).values(name=REVISION, value=1))
            self._revision = self.revision()
        return self._revision

    def revision(self) -> int:
        """The registry's revision; in a unit that writes it can't grow until the unit ends."""
        found = select(CounterRow.value).where(CounterRow.name == REVISION)
        rows = self.rows(found.with_for_update() if self.writing else found)
        return int(rows[0].value) if rows else 0


def _is_empty(column: Sequence[Any]) -> bool:
    return all(value is None for value in column)


@lru_cache(maxsize=256)
def _as_text(value: date) -> str:
    """How SQLite keeps a day or an instant; one import has few of them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat()


class Versioned(Protocol):
    """Something with an identifier and an optimistic lock."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


Shape = TypeVar("Shape")
VersionedShape = TypeVar("VersionedShape", bound=Versioned)


class Mirror(Generic[Shape]):
    """A table whose columns carry the fields of the dataclass `shape` under the same names."""

    kind: ClassVar[str]
    row: ClassVar[Any]
    shape: type[Shape]

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def _select(self, *where: ColumnElement[bool]) -> Select[Any]:
        """The fields of the rows that fulfil `where`."""
        columns = [getattr(self.row, field.name) for field in fields(self.shape)]  # type: ignore[arg-type]
        return select(*columns).where(*where)

    def _held(self, found: Select[Any]) -> Select[Any]:
        """`found`, locked in a unit that writes, so that read-then-write is safe.

        Only PostgreSQL needs it: SQLite holds its one lock from the unit's beginning.
        """
        return found.with_for_update() if self._unit.writing else found

    def _shaped(self, row: Any) -> Shape:
        return self.shape(*row)

    def _many(self, found: Select[Any]) -> tuple[Shape, ...]:
        return tuple(self._shaped(row) for row in self._unit.rows(found))

    def _one(self, *where: ColumnElement[bool]) -> Shape | None:
        found = self._many(self._held(self._select(*where)))
        return found[0] if found else None

    def _values(self, thing: Shape) -> dict[str, Any]:
        """What the columns hold of `thing`."""
        return {field.name: getattr(thing, field.name) for field in fields(thing)}  # type: ignore[arg-type]

    def _insert(self, things: Iterable[Shape]) -> None:
        values = [self._values(thing) for thing in things]
        if values:
            self._unit.change(self.kind, *(value["id"] for value in values))
            self._unit.run(insert(self.row), values)


class VersionedMirror(Mirror[VersionedShape]):
    """A mirror whose rows two people can touch: a save needs the version that was read."""

    clash: ClassVar[str]

    def _update(self, thing: VersionedShape) -> VersionedShape:
        """Store `thing` and give it back with its new version; Clash when it is not the newest."""
        self._unit.change(self.kind, thing.id)
        saved = replace(thing, version=thing.version + 1)  # type: ignore[type-var]
        where = (self.row.id == thing.id, self.row.version == thing.version)
        if not self._unit.run(update(self.row).where(*where).values(self._values(saved))):
            raise changed_meanwhile(self.clash)
        return saved


def changed_meanwhile(title: str) -> Clash:
    """The clash for a thing that is no longer as it was read; `title` is marked by `N_`."""
    return Clash(
        _(title),
        _("Your change was not saved so that theirs is not lost."),
        _("Look at it again and repeat your change."),
    )
