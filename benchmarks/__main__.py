"""`python -m benchmarks [AREA …] [--json]`: what the program costs, beside its peers.

    python -m benchmarks start store typing
    python -m benchmarks accuracy --names POSTS.jsonl --registry ROSTER.csv
    python -m benchmarks accuracy --topics POSTS.jsonl

Machines are shared and noisy: read the ratio, not the milliseconds.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec

from benchmarks.rows import Row

AREAS = ("start", "names", "topics", "photos", "copies", "roster", "store", "typing", "publish")


def main(argv: list[str]) -> int:
    """Run the areas asked for, or all that there are."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if argv[:1] == ["accuracy"]:
        status: int = import_module("benchmarks.accuracy").main(argv[1:])
        return status
    there = [area for area in AREAS if find_spec(f"benchmarks.{area}")]
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("areas", nargs="*", metavar="AREA", help=", ".join(there))
    parser.add_argument("--json", action="store_true", help="one line for each case")
    args = parser.parse_args(argv)
    if unknown := [area for area in args.areas if area not in there]:
        parser.error(f"there is no area {unknown[0]!r}; there are {', '.join(there)}")
    for area in args.areas or there:
        show(area, import_module(f"benchmarks.{area}").run(), args.json)
    return 0


def show(area: str, rows: list[Row], as_json: bool) -> None:
    """Print the rows of one area: our figure, the peer's, the ratio, what is promised."""
    for row in rows:
        ratio = row.ours / row.peer if row.peer else float("nan")
        if as_json:
            line = json.dumps({"area": area, **asdict(row), "ratio": round(ratio, 3)})
        else:
            limit = f"  (promised: {row.limit:g})" if row.limit is not None else ""
            line = (
                f"{area:8} {row.case:44} {row.ours:10.3f} {row.unit:4} "
                f"{row.peer_name:>28} {row.peer:10.3f}  ratio {ratio:8.2f}{limit}"
            )
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
