"""A short run of `tools/fuzz_pictures.py`: damaged pictures are read or refused, nothing else."""

from __future__ import annotations

from collections import Counter

from tools import fuzz_pictures
from tools.fuzz_samples import samples


def test_damaged_pictures_are_read_or_refused() -> None:
    outcomes = fuzz_pictures.run(180, seed=7, faces=6)
    counts = sum((one.counts for one in outcomes.values()), Counter[str]())
    assert set(outcomes) == set(samples())
    assert set(counts) <= {"picture", "refused", "memory", "broke off"}, counts
    assert counts["picture"] > 20, "else too little of each file is left to be opened"
    assert counts["refused"] > 20
    assert max(one.slowest for one in outcomes.values()) < fuzz_pictures.READING


def test_a_run_can_be_repeated() -> None:
    """What broke something is found again by its seed."""
    one, two = (fuzz_pictures.run(18, seed=3, faces=100) for _ in range(2))
    assert {name: each.titles for name, each in one.items()} == {
        name: each.titles for name, each in two.items()
    }
