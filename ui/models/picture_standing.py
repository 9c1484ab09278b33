"""What the checks say about the people and the writing of one picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smassistant.domain.findings import Finding


@dataclass(frozen=True)
class PictureStanding:
    """`refused` are ids of faces whose person may not be shown, `names` people by their id.

    `written` are the findings about writing by the writing's id, such as a name that stands there.
    """

    refused: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    written: Mapping[str, Finding] = field(default_factory=dict, repr=False)


NOTHING_SAID = PictureStanding()
