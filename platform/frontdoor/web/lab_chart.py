"""The sweep as a drawing: where each line goes, in the units of the SVG. Told by word, dash and mark, not by colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frontdoor.services.lab_sweep import Point

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 56, 170, 20, 46
MARKS = ("circle", "square", "diamond", "triangle", "cross")
_LABEL = 18  # between two labels at the end of lines
_TICKS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True)
class Line:
    """One outcome over the range: `path` of an SVG path, its marks, and where its name stands."""

    code: str
    number: int
    path: str
    marks: tuple[tuple[float, float], ...]
    label_y: float


@dataclass(frozen=True)
class Chart:
    """A drawing: `across` and `up` are (place, text) of the axes, `live` and `chosen` the places of two values."""

    lines: tuple[Line, ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    live: float | None
    chosen: float | None


def chart(points: Sequence[Point], value: Any, codes: Sequence[str]) -> Chart | None:
    """Return the drawing of a sweep over numbers; None for other values, or fewer than two points."""
    known = [one for one in points if one.known]
    numbers = [one.value for one in known if isinstance(one.value, int | float) and not isinstance(one.value, bool)]
    if len(numbers) < 2 or len(numbers) != len(known):
        return None
    low, high = min(numbers), max(numbers)
    most = max((count for one in known for count in one.totals.values()), default=1) or 1
    step = next((one for one in _TICKS if most / one <= 5), _TICKS[-1])
    top = step * -(-most // step)

    def x(number: float) -> float:
        return round(LEFT + (number - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    def y(count: float) -> float:
        return round(HEIGHT - BOTTOM - count / top * (HEIGHT - TOP - BOTTOM), 1)

    drawn = []
    for number, code in enumerate(codes):
        marks = tuple((x(one.value), y(one.totals.get(code, 0))) for one in known)
        path = "M" + " L".join(f"{across} {up}" for across, up in marks)
        drawn.append(Line(code, number, path, marks if len(marks) <= 16 else marks[::3], marks[-1][1]))
    every = -(-len(numbers) // 12)
    return Chart(
        tuple(_apart(drawn)),
        tuple((x(one), f"{one:g}") for one in numbers[::every]),
        tuple((y(count), f"{count:,}") for count in range(0, top + 1, step)),
        next((x(one.value) for one in known if one.live), None),
        x(value) if value in numbers else None,
    )


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with their names moved so that none covers another."""
    placed: list[Line] = []
    last = float(TOP - _LABEL)
    for one in sorted(lines, key=lambda line: line.label_y):
        at = max(one.label_y, last + _LABEL)
        placed.append(Line(one.code, one.number, one.path, one.marks, round(at, 1)))
        last = at
    return placed
