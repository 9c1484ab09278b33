"""What a unit of work reaches of pictures that were seen before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from smassistant.domain.sightings import Bar, Fingerprint, Match


class Sightings(Protocol):
    """What pictures are told again by, and which of them look alike."""

    def add_print(self, photo_id: str, print_: Fingerprint) -> None: ...
    def print_of(self, photo_id: str) -> Fingerprint | None: ...
    def prints(self, after: str, limit: int) -> tuple[tuple[str, bytes], ...]:
        """Features by photo id, in the order of ids, those after `after`."""
        ...

    def states(self, photo_ids: Collection[str]) -> dict[str, bool]:
        """Those of the photos that have a fingerprint; True where it was compared with all."""
        ...

    def set_matches(self, photo_id: str, matches: Iterable[Match]) -> None:
        """Note what a photo looks like; from now on it counts as compared."""
        ...

    def matches_of(self, photo_ids: Collection[str]) -> tuple[Match, ...]: ...
    def sweep(self) -> int:
        """Forget what belongs to photos that are gone, unless a bar stands; how many."""
        ...


class Bars(Protocol):
    """Pictures that may not go out again. `save` raises Clash as `Takedowns` does."""

    def get(self, bar_id: str) -> Bar | None: ...
    def of_photos(self, photo_ids: Collection[str]) -> tuple[Bar, ...]: ...
    def list(self, standing_only: bool = True) -> tuple[Bar, ...]: ...
    def add(self, bar: Bar) -> None: ...
    def save(self, bar: Bar) -> Bar: ...
