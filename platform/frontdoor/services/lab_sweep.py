"""A sweep: every value that one parameter may have, the others held as they are tried."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.services import lab_counting
from frontdoor.services.configurable import Setting
from frontdoor.services.lab import Bench

_POINTS = 31
_SWEEPING = 2.0  # seconds of deciding within one request; the rest at the next


@dataclass(frozen=True)
class Point:
    """One value of a sweep: how many cases would be decided how, and differently; empty while not counted yet."""

    value: Any
    totals: Mapping[str, int]
    moved: int
    live: bool
    known: bool = True


def sweep(bench: Bench, values: Mapping[str, Any], *, seconds: float = _SWEEPING) -> list[Point]:
    """Return what each value of the first parameter's range would do, the others held at `values`.

    What takes longer is left for the next asking.
    """
    began = time.monotonic()
    points = []
    held = {**bench.now, **values}
    for one in swept(bench.setting, held[bench.name]):
        parameters = {**held, bench.name: one}
        if not bench.columns.is_known(parameters) and time.monotonic() - began > seconds:
            points.append(Point(one, {}, 0, live=one == bench.setting.value, known=False))
            continue
        counts = lab_counting.totals(bench.columns, parameters)
        points.append(
            Point(one, counts, lab_counting.moved_count(bench.columns, parameters), live=one == bench.setting.value)
        )
    return points


def swept(setting: Setting, value: Any) -> list[Any]:
    """Return the values of a sweep: the whole range in even steps, each option, or each option in and out."""
    if setting.kind == "boolean":
        return [False, True]
    if setting.kind == "choice":
        return list((setting.bounds or {}).get("options", []))
    if setting.kind == "choices":
        return _toggled(setting)
    if setting.kind not in ("integer", "number"):
        return [setting.value] if value == setting.value else [setting.value, value]
    low, high = _range(setting)
    step = _step(low, high, whole=setting.kind == "integer")
    count = int((high - low) / step + 1e-9) + 1
    found = {_tidy(low + step * index) for index in range(count)} | {setting.value, value, high}
    return sorted(found)


def _toggled(setting: Setting) -> list[Any]:
    options = list((setting.bounds or {}).get("options", []))
    changed = [[one for one in options if (one in setting.value) != (one == other)] for other in options]
    return [setting.value, *changed]


def _range(setting: Setting) -> tuple[float, float]:
    bounds, now = setting.bounds or {}, setting.value
    return bounds.get("min", min(0, now)), bounds.get("max", max(now * 2, 10))


def _step(low: float, high: float, *, whole: bool) -> float:
    for step in (0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000):
        if (high - low) / step < _POINTS and (step >= 1 or not whole):
            return step
    return max((high - low) / _POINTS, 1)


def _tidy(value: float) -> float:
    found = round(value, 6)
    return int(found) if float(found).is_integer() else found
