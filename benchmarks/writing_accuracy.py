"""How many printed names are found in pictures: `python -m benchmarks.writing_accuracy`.

Renders tags, certificates, jerseys and boards in pictures of twelve megapixels, turned and from
the side, and reads them as the program does: through the working copy, quickly and thoroughly.
"""

from __future__ import annotations

import random
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path
from statistics import mean
from time import perf_counter

from benchmarks.writing_pictures import Written, fonts_in, picture
from smassistant.checks.signs import read_names
from smassistant.domain.facts import Matcher
from smassistant.domain.folding import squash
from smassistant.domain.people import Person
from smassistant.domain.pictures import FoundWriting, Picture, Writing
from smassistant.imaging.apart import PhotoReaderApart
from smassistant.matching.engine import NameMatcher
from smassistant.photo_reader import PhotoReader
from smassistant.registry.reading import read_roster

ROSTER = Path(__file__).resolve().parent.parent / "tests/data/accuracy/students.csv"
HEIGHTS = (12, 18, 26, 40)
SIGNS = 16  # in one picture
FOREIGN = 4  # of them with names of these
NAMES = (
    "Zsófia Kovács", "Łukasz Wójcik", "Gökçe Yıldırım", "Šimon Dvořák", "Bjørn Ødegård",
    "Éloïse Lefèvre", "Íñigo Muñoz", "Małgorzata Żółkiewska", "Jürgen Weiß", "Anaïs Gagné",
    "Søren Kjærgaard", "Ágnes Szőke", "Dilan Özdemir", "Zdeněk Říha", "Michał Śliwiński",
)  # fmt: skip
READ_WELL = 0.85  # how alike what was read has to be to what was written


@dataclass
class Score:
    """Of `written` names, how many were read and matched; `strangers` of `mentions` are wrong."""

    written: int = 0
    read: int = 0
    matched: int = 0
    mentions: int = 0
    strangers: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count the other's in."""
        self.written += other.written
        self.read += other.read
        self.matched += other.matched
        self.mentions += other.mentions
        self.strangers += other.strangers
        self.seconds += other.seconds


def main(argv: Sequence[str]) -> int:
    """Print found and matched for each height of letters."""
    parser = ArgumentParser(prog="python -m benchmarks.writing_accuracy")
    parser.add_argument("--pictures", type=int, default=2, help="for each height of letters")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fonts", type=Path, help="a folder with .ttf files; else the system's")
    args = parser.parse_args(argv)
    people = everybody()
    matcher, fonts = NameMatcher(people), fonts_in(args.fonts)
    with closing(PhotoReaderApart()) as reader:
        for thorough in (False, True):
            whole = Score()
            for height in HEIGHTS:
                score = Score()
                for number in range(args.pictures):
                    seed = args.seed * 1000 + height * 10 + number
                    image, written = signs(people, height, seed, fonts)
                    score.add(_judge(image, written, people, matcher, reader, thorough))
                whole.add(score)
                _print("thorough" if thorough else "quick", f"{height} px", score)
            _print("thorough" if thorough else "quick", "all", whole)
    return 0


def everybody() -> tuple[Person, ...]:
    """The registry: the posts' students, and some whose names have other letters."""
    roster = tuple(item.person for item in read_roster(ROSTER).people)
    others = (name.partition(" ") for name in NAMES)
    foreign = (Person(f"x{at}", f"x{at}", a, b) for at, (a, _space, b) in enumerate(others))
    return (*roster, *foreign)


def signs(
    people: Sequence[Person], height: int, seed: int, fonts: Sequence[Path]
) -> tuple[bytes, list[Written]]:
    """A JPEG with signs that name some of `people`, and what stands on them."""
    chance = random.Random(seed)
    chosen = chance.sample(people, SIGNS - FOREIGN)
    chosen += chance.sample(people[-len(NAMES) :], FOREIGN if fonts else 0)
    names = [(person.id, person.first_name, person.last_name) for person in chosen]
    image, written = picture(names, height, seed, fonts)
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue(), written


def _judge(
    image: bytes,
    written: Sequence[Written],
    people: Sequence[Person],
    matcher: Matcher,
    reader: PhotoReader,
    thorough: bool,
) -> Score:
    photo = reader.read(image, "signs.jpg")
    begin = perf_counter()
    found = reader.read_writing(photo.working, thorough)
    seconds = perf_counter() - begin
    writing = tuple(Writing(str(at), one.box, one.text) for at, one in enumerate(found))
    shown = Picture("p", "", "", photo.width, photo.height, "", writing=writing)
    mentions = [read.mention for read in read_names(shown, matcher)]
    named = {person for mention in mentions for person in mention.people}
    there = _borne(people, written)
    return Score(
        len(written),
        sum(_is_read(one, found) for one in written),
        sum(one.number in named for one in written),
        len(mentions),
        sum(there.isdisjoint(mention.people) for mention in mentions),
        [seconds],
    )


def _borne(people: Sequence[Person], written: Iterable[Written]) -> frozenset[str]:
    """Everybody who bears a name that stands in the picture."""
    names = {squash(name) for one in written for name in (one.first, one.last)}
    return frozenset(
        person.id
        for person in people
        if not names.isdisjoint(map(squash, (person.first_name, person.last_name)))
    )


def _is_read(one: Written, found: Iterable[FoundWriting]) -> bool:
    """Whether the name was read, in one line or, on a tag, in two."""
    lines = [squash(each.text) for each in found]

    def there(name: str) -> bool:
        key = squash(name)
        return any(
            key in line or SequenceMatcher(None, key, line, autojunk=False).ratio() >= READ_WELL
            for line in lines
        )

    return there(one.shown) or (there(one.first) and there(one.last))


def _print(how: str, what: str, score: Score) -> None:
    shares = f"read {score.read}/{score.written}, matched {score.matched}/{score.written}"
    wrong = f"strangers {score.strangers}/{score.mentions}"
    sys.stdout.write(f"{how:9} {what:6} {shares}, {wrong}, {mean(score.seconds):.1f} s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
