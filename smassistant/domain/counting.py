"""How long a text is in the unit of a place: characters, graphemes, or X's weighted count."""

from __future__ import annotations

import re
import unicodedata

from smassistant.domain.places import Counting

_ZWJ = "\u200d"
# An address as X counts it: with a scheme, or a plain domain of a usual kind.
_ADDRESS = re.compile(
    r"(?:https?://[^\s<>\"]+"
    r"|\b(?:[a-z0-9-]+\.)+(?:com|org|net|ca|edu|gov|info|io|co|uk|us|fr)\b(?:/[^\s<>\"]*)?)",
    re.IGNORECASE,
)
_ADDRESS_WEIGHT = 23
# Code points that X counts once; everything else counts twice.
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


def count(text: str, counting: Counting) -> int:
    """The length of `text` in the unit `counting`."""
    if counting is Counting.GRAPHEMES:
        return len(graphemes(text))
    if counting is Counting.WEIGHTED:
        return weighted_length(text)
    return len(text)


def graphemes(text: str) -> list[str]:
    """`text` cut into what a reader sees as single characters (UAX 29, extended clusters)."""
    clusters: list[str] = []
    for char in text:
        # Plain letters begin anew without a look at the tables; only "\r\n" stays together.
        plain = char.isascii() and char != "\n"
        if clusters and not plain and _goes_on(clusters[-1], char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def weighted_length(text: str) -> int:
    """The length X gives `text`: addresses 23, emoji 2, most letters 1, the rest 2."""
    plain = unicodedata.normalize("NFC", text)
    without, addresses = _ADDRESS.subn("", plain)
    length = addresses * _ADDRESS_WEIGHT
    if without.isascii():
        return length + len(without)
    for cluster in graphemes(without):
        if _is_emoji(cluster):
            length += 2
        else:
            length += sum(_weight(char) for char in cluster)
    return length


def _weight(char: str) -> int:
    return 1 if char.isascii() or any(low <= ord(char) <= high for low, high in _LIGHT) else 2


def _is_emoji(cluster: str) -> bool:
    """Whether the cluster is drawn as one picture: an emoji, a flag, a keycap, a joined family."""
    return (
        _is_picture(cluster[0])
        or _is_flag_letter(cluster[0])
        or (len(cluster) > 1 and cluster[-1] in "\u20e3\ufe0f")
    )


def _is_picture(char: str) -> bool:
    """Whether the character is an emoji or symbol that joiners may combine."""
    point = ord(char)
    return 0x1F000 <= point <= 0x1FAFF or 0x2600 <= point <= 0x27BF or point in _PICTURES


_PICTURES = frozenset(
    {0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139, 0x231A, 0x231B, 0x2328, 0x23CF, 0x24C2, 0x3030}
    | {0x303D, 0x3297, 0x3299, *range(0x2194, 0x21AB), *range(0x23E9, 0x23FB)}
    | {*range(0x25AA, 0x2600), *range(0x2934, 0x2936), *range(0x2B05, 0x2B56)}
)


def _is_flag_letter(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _goes_on(cluster: str, char: str) -> bool:
    """Whether `char` belongs to the cluster that `cluster` has become so far."""
    last = cluster[-1]
    if last == "\r" and char == "\n":
        return True
    if unicodedata.category(last) in ("Cc", "Zl", "Zp"):
        return False
    if _extends(char):
        return True
    if last == _ZWJ and len(cluster) > 1:
        return _is_picture(char) and _is_picture(cluster[0])
    if _is_flag_letter(char):
        return len(cluster) % 2 == 1 and all(_is_flag_letter(letter) for letter in cluster)
    return _hangul_goes_on(last, char)


def _extends(char: str) -> bool:
    """Whether the character only changes the one before: marks, joiners, skin tones, tags."""
    point = ord(char)
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or char in (_ZWJ, "\u200c")
        or 0x1F3FB <= point <= 0x1F3FF
        or 0xE0020 <= point <= 0xE007F
    )


def _hangul_goes_on(last: str, char: str) -> bool:
    """Whether two Korean letters share a syllable block."""
    before, after = ord(last), ord(char)
    leads = 0x1100 <= before <= 0x115F
    vowels = 0x1160 <= before <= 0x11A7
    block = 0xAC00 <= before <= 0xD7A3
    open_block = block and (before - 0xAC00) % 28 == 0
    if 0x1160 <= after <= 0x11A7:
        return leads or vowels or open_block
    if 0x11A8 <= after <= 0x11FF:
        return vowels or block or 0x11A8 <= before <= 0x11FF
    return leads and (0x1100 <= after <= 0x115F or 0xAC00 <= after <= 0xD7A3)
