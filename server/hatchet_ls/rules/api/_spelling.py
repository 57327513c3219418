"""Which name is meant by one that nothing has: as far as spelling tells.

Names are compared word by word: that two look alike as a whole (``ca_file`` and ``cert_file``) says nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from enum import Enum


class Likeness(Enum):
    """How near a name is to what was written."""

    SAME = "same"
    """The same but for case and underscores."""
    TYPO = "typo"
    """Each word is the same or nearly so."""
    LONGER = "longer"
    """It has all the words and more, or begins so."""
    SHORTER = "shorter"
    """It lacks words that were written, and with them perhaps their meaning."""


def snake_case(name: str) -> str:
    """``executionTimeout`` → ``execution_timeout``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def guess(written: str, names: Sequence[str], preferred: Collection[str] = ()) -> tuple[str, Likeness] | None:
    """The name that is meant and how near it is; None where none is near, or several are near in the same way.

    Of several that are longer the only preferred one is taken.
    """
    snake = snake_case(written)
    same = [name for name in names if _joined(name) == _joined(written)]
    if same:
        return same[0], Likeness.SAME
    typos = [(distance, name) for name in names if (distance := _typo(snake, name.lower())) is not None]
    if typos:
        return min(typos, key=lambda typo: typo[0])[1], Likeness.TYPO
    words = set(snake.split("_"))
    longer = [name for name in names if words <= set(name.lower().split("_")) or _begins(snake, name.lower())]
    likely = [name for name in longer if name in preferred] or longer
    if longer:
        return (likely[0], Likeness.LONGER) if len(likely) == 1 else None
    shorter = [name for name in names if set(name.lower().split("_")) < words]
    # Below this, most of what was written is lost.
    near = difflib.get_close_matches(snake, shorter, n=1, cutoff=0.75)
    return (near[0], Likeness.SHORTER) if near else None


def _joined(name: str) -> str:
    return name.replace("_", "").lower()


def _begins(written: str, name: str) -> bool:
    return len(written) > 3 and name.startswith(written)


def _typo(written: str, name: str) -> int | None:
    """By how many letters two names differ, when that may be a slip of the hand in each word."""
    if written.count("_") == name.count("_"):
        pairs = list(zip(written.split("_"), name.split("_"), strict=True))
        distances = [_distance(*pair) for pair in pairs]
        return sum(distances) if all(map(_is_slip, pairs, distances)) else None
    # An underscore is lacking or too many; more than a letter beside it may be a word.
    distance = _distance(_joined(written), _joined(name))
    return distance if distance <= 1 and len(name) > 4 else None


def _is_slip(pair: tuple[str, str], distance: int) -> bool:
    """Whether so many letters may be wrong. Short words are alike by chance: ``get`` and ``set``."""
    shorter, longer = sorted(pair, key=len)
    if longer == f"{shorter}s":
        return True
    return distance <= (0 if len(shorter) < 4 else 1 if len(shorter) < 6 else 2)


def _distance(first: str, second: str) -> int:
    """Letters to add, drop, replace or swap with their neighbours (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and (letter, first[i - 2]) == (second[j - 2], other):
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
