"""When a platform that said "too many requests" may be asked again."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Nobody is kept waiting longer on a server's word alone: the next try then asks it anew.
LONGEST_WAIT = timedelta(days=1)

_RESETS = ("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset")
_META_USAGE = "x-business-use-case-usage"
# Numbers above these are instants since 1970 in seconds and in milliseconds.
_EPOCH_SECONDS = 1e9
_EPOCH_MILLISECONDS = 1e12


def wait_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """The instant from which the server wants to be asked again; None when it does not say.

    Understands `Retry-After` (seconds or HTTP date), the rate limit's reset headers (seconds,
    instants since 1970, ISO 8601) and Meta's minutes. Never before `now` (aware), never more
    than `LONGEST_WAIT` after it.
    """
    told = {name.lower(): value for name, value in headers.items()}
    instant = _instant(told.get("retry-after", ""), now)
    if instant is None:
        instant = max(_resets(told, now), default=None)
    return instant and min(max(instant, now), now + LONGEST_WAIT)


def _resets(told: Mapping[str, str], now: datetime) -> Iterator[datetime]:
    for name in _RESETS:
        instant = _instant(told.get(name, ""), now)
        if instant is not None:
            yield instant
    minutes = _meta_minutes(told.get(_META_USAGE, ""))
    if minutes > 0:
        yield _after(now, minutes * 60)


def _instant(value: str, now: datetime) -> datetime | None:
    value = value.strip()
    try:
        number = float(value)
    except ValueError:
        return _date(value)
    if not math.isfinite(number):
        return None
    if number >= _EPOCH_MILLISECONDS:
        number /= 1000
    if number >= _EPOCH_SECONDS:
        number -= now.timestamp()
    return _after(now, number)


def _after(now: datetime, seconds: float) -> datetime:
    most = LONGEST_WAIT.total_seconds()
    return now + timedelta(seconds=min(max(seconds, 0.0), most))


def _date(value: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            date = read(value)
            return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _meta_minutes(value: str) -> float:
    """The longest "estimated_time_to_regain_access" of Meta's usage header, 0 without one."""
    try:
        usage = json.loads(value)
        blocks = [block for listed in usage.values() for block in listed]
        return max(float(block.get("estimated_time_to_regain_access", 0)) for block in blocks)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return 0.0
