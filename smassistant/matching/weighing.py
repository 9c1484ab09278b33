"""How sure a lone name is: the sum of what each cue weighs, as a probability.

The weights are in resources/words/name_weights.txt, learned by tools/train_names.py from posts
written for it. A line says: `name kind | cue | circumstance | weight`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import exp

from smassistant.words import FOLDER

_EVEN, _LIKELY = 0.46, 0.55

Weights = dict[str, dict[str, float]]


@cache
def weights(surname: bool) -> Weights:
    """Cue → circumstance → weight, for surnames or for first names."""
    wanted = "last" if surname else "first"
    table: Weights = {}
    for line in (FOLDER / "name_weights.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, cue, circumstance, weight = line.split("|")
            if kind == wanted:
                table.setdefault(cue, {})[circumstance] = float(weight)
    return table


def sureness(found: Iterable[str], circumstances: list[str], surname: bool) -> float:
    """Between 0 and 1 for a name with these cues in these circumstances."""
    table, total = weights(surname), 0.0
    for cue in found:
        known = table.get(cue)
        if known:
            for circumstance in circumstances:
                total += known.get(circumstance, 0.0)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def crisp(chance: float) -> float:
    """The chance on the scale of mentions: worth asking, .3, is a little less than even."""
    if chance < _EVEN:
        return chance * 0.3 / _EVEN
    if chance < _LIKELY:
        return 0.3 + (chance - _EVEN) * 0.2 / (_LIKELY - _EVEN)
    return 0.5 + (chance - _LIKELY) * 0.5 / (1 - _LIKELY)
