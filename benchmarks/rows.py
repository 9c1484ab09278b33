"""One measured case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """Our figure beside the peer's, measured in the same run; `limit` is what is promised."""

    case: str
    ours: float
    peer: float
    unit: str
    peer_name: str
    limit: float | None = None
