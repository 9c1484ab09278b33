"""Column types that give domain values back: aware times, enums, tuples, mappings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from smassistant.domain.users import Role
from smassistant.storage.troubles import unreadable_row


class UtcTime(TypeDecorator[datetime]):
    """An instant. Kept in UTC, given back aware; a naive one is a defect and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone can't be stored")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """A member of a StrEnum, kept as its word."""

    impl = Text
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum
        self._members = {member.value: member for member in enum}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        try:
            return self._members[value]
        except KeyError:
            raise unreadable_row() from None


class Json(TypeDecorator[Any]):
    """Plain data as JSON text, the same on both engines; ASCII, so that any character fits."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(self.plain(value), separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        try:
            return self.shaped(json.loads(value))
        except (ValueError, TypeError, KeyError):
            raise unreadable_row() from None

    def plain(self, value: Any) -> Any:
        """What JSON can hold of the value."""
        return value

    def shaped(self, data: Any) -> Any:
        """The value back from what JSON held."""
        return data


class Words(Json):
    """A tuple of strings."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return () if value == "[]" else super().process_result_value(value, dialect)

    def shaped(self, data: Any) -> tuple[str, ...]:
        return tuple(data)


class Numbers(Json):
    """A tuple of numbers."""

    cache_ok = True

    def plain(self, value: tuple[float, ...]) -> list[float]:
        return list(value)

    def shaped(self, data: Any) -> tuple[float, ...]:
        return tuple(float(each) for each in data)


class Pairs(Json):
    """A mapping of strings to strings."""

    cache_ok = True

    def plain(self, value: Mapping[str, str]) -> dict[str, str]:
        return dict(value)


class Roles(Json):
    """A set of roles."""

    cache_ok = True

    def plain(self, value: frozenset[Role]) -> list[str]:
        return sorted(value)

    def shaped(self, data: Any) -> frozenset[Role]:
        return frozenset(Role(word) for word in data)
