"""Places in a text: the core counts code points, Qt counts UTF-16 units."""

from __future__ import annotations

import re
from bisect import bisect_left

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """Turns places in `text` from one way of counting into the other.

    Only characters beyond U+FFFF (emoji, mostly) take two units; a place between the two halves
    of one counts as the place before it.
    """

    def __init__(self, text: str) -> None:
        wide = [] if text.isascii() else [match.start() for match in _WIDE.finditer(text)]
        self._wide_points = wide
        self._wide_units = [index + before for before, index in enumerate(wide)]

    def units(self, point: int) -> int:
        """The UTF-16 place of code point `point`."""
        return point + bisect_left(self._wide_points, point)

    def points(self, unit: int) -> int:
        """The code point at UTF-16 place `unit`."""
        return unit - bisect_left(self._wide_units, unit)


def well_formed(text: str) -> str:
    """`text` with each half of a broken pair replaced, so that it can be stored; same length."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
