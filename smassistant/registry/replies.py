"""The answers of a row as one string, a letter for each permission in the order of ALL_KEYS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from smassistant.registry.answers import STRICTEST, Reply
from smassistant.registry.rosters import ALL_KEYS, Key

NOTHING = "-" * len(ALL_KEYS)

_POSITION = {key: index for index, key in enumerate(ALL_KEYS)}
_GIVEN = {Reply.YES.value: True, Reply.NO.value: False}


class Answers(Mapping[Key, bool]):
    """Granted and refused by permission; what is blank or unclear is not there.

    Holds only the string: a roster has a hundred thousand of these.
    """

    __slots__ = ("replies",)

    def __init__(self, replies: str = NOTHING) -> None:
        self.replies = replies

    def __getitem__(self, key: Key) -> bool:
        return _GIVEN[self.replies[_POSITION[key]]]

    def __iter__(self) -> Iterator[Key]:
        return (key for key, reply in zip(ALL_KEYS, self.replies, strict=True) if reply in _GIVEN)

    def __len__(self) -> int:
        return sum(map(self.replies.count, _GIVEN))

    def __repr__(self) -> str:
        return f"Answers({self.replies!r})"


def without_grants(replies: str) -> str:
    """The same answers with no yes among them."""
    return replies.replace(Reply.YES, Reply.UNCLEAR)


@lru_cache(maxsize=4096)
def strictest(one: str, other: str) -> str:
    """For each permission the answer that permits less."""
    return "".join(min(pair, key=STRICTEST.index) for pair in zip(one, other, strict=True))


def replies_with(keys: tuple[Key, ...], reply: Reply) -> str:
    """One answer to several permissions and none to the others."""
    return "".join(reply.value if key in keys else "-" for key in ALL_KEYS)
