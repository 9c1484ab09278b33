"""Where first names and surnames begin in a stretch, and how sure a name made of them is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smassistant.domain.findings import Form
from smassistant.matching.grammar import role
from smassistant.matching.index import Ids, NameIndex
from smassistant.matching.tokens import Hit, Stretch, Token
from smassistant.matching.vocabulary import PARTICLES, Vocabulary

NOBODY: Ids = set()


@dataclass(frozen=True, slots=True)
class Part:
    """A name part found at a token: the token it ends before, and who bears it."""

    end: int
    exact: Ids
    loose: Ids
    short: bool = False

    @property
    def everyone(self) -> Ids:
        """Who bears it, exactly or loosely."""
        return self.exact | self.loose if self.loose else self.exact


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate before overlaps are settled: the better rank, then the longer, wins."""

    rank: int
    first: int
    last: int
    hit: Hit


class Parts:
    """The name parts at each token of one stretch."""

    def __init__(self, stretch: Stretch, index: NameIndex, words: Vocabulary) -> None:
        self.stretch = stretch
        self.index = index
        self.words = words
        self.firsts: list[list[Part]] = []
        self.lasts: list[list[Part]] = []
        for at in range(len(stretch.tokens)):
            self._look_up(at)

    def is_word(self, at: int) -> bool:
        """Whether the token is an ordinary word."""
        return self.stretch.tokens[at].key in self.words.words

    def all_words(self, start: int, end: int) -> bool:
        """Whether all tokens from `start` up to `end` are ordinary words."""
        return all(self.is_word(at) for at in range(start, end))

    def after_middle(self, start: int) -> Iterator[int]:
        """Where a surname may begin: at `start`, or behind one or two middle names or initials."""
        tokens, joins = self.stretch.tokens, self.stretch.joins
        for middle in range(3):
            at = start + middle
            if at >= len(tokens):
                return
            if middle and not (tokens[at - 1].cap or self.stretch.lower):
                return
            if not joins[at - 1] and not self._quoted(at - 1, start):
                return
            if middle and "\n" in self.stretch.gaps[at - 1]:
                return
            yield at

    def _quoted(self, gap: int, start: int) -> bool:
        """Whether the gap opens or closes one quoted name: Emma "Em" Smith, Emma (Em) Smith."""
        gaps = self.stretch.gaps
        opening, closing = (start - 1, start)
        if gap not in (opening, closing) or closing >= len(gaps):
            return False
        pair = (gaps[opening], gaps[closing])
        return pair in ((' "', '" '), (" (", ") "), (" '", "' "))

    def sureness(self, start: int, end: int, base: float) -> float:
        """`base`, lessened by lower case, ordinary words and what stands around; 0: no name."""
        stretch = self.stretch
        tokens = stretch.tokens[start:end]
        wordy = self.all_words(start, end)
        capitals = [token.cap for token in tokens if token.key not in PARTICLES] or [tokens[0].cap]
        if not all(capitals):
            base = self._lower_sureness(tokens, any(capitals), wordy, base)
        elif wordy and stretch.caps:
            follows = end < len(stretch.tokens) and stretch.joins[end - 1]
            thing = follows and self._is_thing(end)
            base = 0.0 if thing else min(base, 0.35 if follows else 0.8)
        elif wordy:
            base = min(base, 0.5 if stretch.titled else 0.85)
        if squashed_in(tokens, self.words.public_figures):
            base = min(base, 0.35)
        if end < len(stretch.tokens) and stretch.plain(end - 1):
            after = stretch.tokens[end]
            if after.key in self.words.place_words and (after.cap or wordy) and not stretch.caps:
                base = min(base, 0.2 if wordy else 0.45)
        return base if base >= 0.3 else 0.0

    def _is_thing(self, at: int) -> bool:
        """Whether the token is an ordinary word that no person does: CHARITY BAKE SALE."""
        key = self.stretch.tokens[at].key
        return key in self.words.plain and role(key) in ("word", "s")

    def _lower_sureness(
        self, tokens: tuple[Token, ...], mixed: bool, wordy: bool, base: float
    ) -> float:
        """Sureness of a name not written with its capitals."""
        if wordy:
            return 0.35 if self.stretch.lower else 0.0
        if any(token.key in self.words.plain for token in tokens) and not self.stretch.lower:
            return min(base, 0.6 if mixed else 0.3)
        return min(base, 0.8)

    def found(
        self, rank: int, first: int, last: int, exact: Ids, loose: Ids, form: Form, sure: float
    ) -> Found:
        """The candidate from token `first` up to `last`."""
        stretch = self.stretch
        end = stretch.tokens[last - 1].end
        if form is Form.INITIAL and stretch.text[end : end + 1] == ".":
            end += len(stretch.tokens[last - 1].raw) == 1
        rows = (*sorted(exact), *sorted(loose))
        hit = Hit(stretch.tokens[first].start, end, rows, form, sure, surname=True)
        return Found(rank, first, last, hit)

    def _keys(self, at: int) -> list[tuple[int, str]]:
        """(end, key) of the token and of what it makes with the tokens joined to it."""
        tokens, joins = self.stretch.tokens, self.stretch.joins
        key = tokens[at].key
        keys = [(at + 1, key)]
        width = self.index.widths.get(key, 2 if self._broken(at) else 1)
        for end in range(at + 1, min(at + width, len(tokens))):
            if not joins[end - 1]:
                break
            key += tokens[end].key
            if len(key) > end - at + 1:
                keys.append((end + 1, key))
        return keys

    def _broken(self, at: int) -> bool:
        """Whether the token may be the head of a word that a line break or space cuts in two."""
        tokens = self.stretch.tokens
        if not tokens[at].cap or at + 1 >= len(tokens) or not self.stretch.joins[at]:
            return False
        return not tokens[at + 1].cap and not self.is_word(at + 1)

    def _look_up(self, at: int) -> None:
        """Add the first names and surnames that begin at the token."""
        index = self.index
        firsts, lasts = [], []
        for end, key in self._keys(at):
            if key not in index.parts:
                continue
            exact, nick = index.first.get(key, NOBODY), index.short.get(key, NOBODY)
            loose = index.first_part.get(key, NOBODY)
            if exact or nick or loose:
                firsts.append(Part(end, exact, nick | loose, bool(nick) and not exact))
            exact, loose = index.last.get(key, NOBODY), index.last_part.get(key, NOBODY)
            if exact or loose:
                lasts.append(Part(end, exact, loose))
        self.firsts.append(firsts)
        self.lasts.append(lasts)


def squashed_in(tokens: tuple[Token, ...], names: frozenset[str]) -> bool:
    """Whether the tokens written together are one of `names`."""
    return "".join(token.key for token in tokens) in names
