"""The ways through a form as a drawing: pages from top to bottom, in the units of the SVG.

The default way is a thick line. A page that only some see has a dashed edge, and the thick line passes it on the
right. At the left thin lines lead from a page whose answers decide to the page where they do. It is told by line and
word, not by colour, and the table beside it says the same.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from frontdoor.domain.designs.ways import Stop, Ways
from frontdoor.domain.text import say

WIDTH = 340
_LEFT, _RIGHT, _PASSING = 52, 306, 324
_LINE, _EDGE, _GAP, _TOP = 18, 12, 30, 38
_LETTERS = 31  # in a line of a box
_LANES, _FIRST_LANE, _LANE = 5, 44, 8


@dataclass(frozen=True)
class Box:
    """One page: its lines of words, each (height, words, whether it is of the page's name)."""

    page: str
    number: int
    top: int
    height: int
    lines: tuple[tuple[int, str, bool], ...]
    by_default: bool

    @property
    def middle(self) -> int:
        """Return the height of its middle."""
        return self.top + self.height // 2

    @property
    def bottom(self) -> int:
        """Return the height of its lower edge."""
        return self.top + self.height


@dataclass(frozen=True)
class Drawing:
    """Boxes and the lines between them, each an SVG path: the default way, the steps of some, who decides whom."""

    height: int
    boxes: tuple[Box, ...]
    default: tuple[str, ...]
    some: tuple[str, ...]
    deciding: tuple[str, ...]


def drawing(ways: Ways, language: str) -> Drawing:
    """Return the drawing of the ways through a form."""
    boxes = tuple(_boxes(ways.stops, language))
    end = boxes[-1].bottom + _GAP if boxes else _TOP + _GAP
    return Drawing(
        end + 30, boxes, tuple(_default(boxes, end)), tuple(_some(boxes, end)), tuple(_deciding(ways.stops, boxes))
    )


def _boxes(stops: Sequence[Stop], language: str) -> Iterator[Box]:
    top = _TOP + _GAP
    for number, stop in enumerate(stops, start=1):
        name = textwrap.wrap(f"{number}. {say(stop.title, language)}", _LETTERS)
        words = [*name, *_counted(stop)]
        lines = tuple((top + _EDGE + _LINE * at + 13, line, at < len(name)) for at, line in enumerate(words))
        box = Box(stop.id, number, top, 2 * _EDGE + _LINE * len(words), lines, stop.by_default)
        yield box
        top = box.bottom + _GAP


def _counted(stop: Stop) -> list[str]:
    """Return how many questions a page has, and how many are asked of everybody, in lines of a box."""
    asked = stop.asked
    always = sum(one.by_default for one in asked)
    words = ngettext("%(num)s question", "%(num)s questions", len(asked))
    if asked and always < len(asked):
        words += ", " + ngettext("%(num)s by default", "%(num)s by default", always)
    return textwrap.wrap(words, _LETTERS)


def _default(boxes: Sequence[Box], end: int) -> Iterator[str]:
    """Yield the thick line from each point of the default way to the next; it passes others on the right."""
    centre = (_LEFT + _RIGHT) // 2
    points = [(0, _TOP - 8), *((box.number, box.bottom) for box in boxes if box.by_default)]
    tops = [*((box.number, box.top) for box in boxes if box.by_default), (len(boxes) + 1, end)]
    for (number, start), (following, stop) in zip(points, tops, strict=True):
        if following == number + 1:
            yield f"M{centre} {start} V{stop - 3}"
        else:
            yield f"M{centre + 20} {start} V{start + 12} H{_PASSING} V{stop - 14} H{centre + 20} V{stop - 3}"


def _some(boxes: Sequence[Box], end: int) -> Iterator[str]:
    """Yield the thin steps to and from each page that is not on the default way."""
    centre = (_LEFT + _RIGHT) // 2
    for place, box in enumerate(boxes):
        if not box.by_default:
            before = boxes[place - 1].bottom if place else _TOP - 8
            after = boxes[place + 1].top if place + 1 < len(boxes) else end
            yield f"M{centre} {before} V{box.top - 3}"
            if place + 1 == len(boxes) or boxes[place + 1].by_default:
                yield f"M{centre} {box.bottom} V{after - 3}"


def _deciding(stops: Sequence[Stop], boxes: Sequence[Box]) -> Iterator[str]:
    """Yield a line at the left for each pair of pages of which one decides about the other, in lanes side by side."""
    at = {box.page: box for box in boxes}
    pairs = [(at[one], at[stop.id]) for stop in stops for one in stop.decided_by]
    busy: list[int] = []  # where the last line of each lane ends
    for source, target in sorted(pairs, key=lambda pair: (pair[0].number, pair[1].number)):
        low, high = sorted((source.middle + 6, target.middle - 6))
        lane = next((lane for lane, until in enumerate(busy) if until < low), len(busy))
        busy[lane : lane + 1] = [high]
        x = _FIRST_LANE - _LANE * (lane % _LANES)
        yield f"M{_LEFT} {source.middle + 6} H{x} V{target.middle - 6} H{_LEFT - 3}"
