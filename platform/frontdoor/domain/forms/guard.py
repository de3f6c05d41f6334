"""What no answers may contain, whatever the form says: looked at before anything else touches them.

A database reads keys with `$`, `.` or a leading `_` as something other than an answer, and deep or huge payloads
are attacks. Nothing here repeats what was sent.
"""

import re
from collections.abc import Iterator, Mapping

from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.questions import Json

MAX_DEPTH = 8
MAX_VALUES = 20_000
MAX_CHARACTERS = 1_000_000
LIMITS: Mapping[str, int] = {"depth": MAX_DEPTH, "values": MAX_VALUES, "characters": MAX_CHARACTERS}
KEY = re.compile(r"[^$_.\x00-\x1f\x7f-\x9f\ud800-\udfff][^.\x00-\x1f\x7f-\x9f\ud800-\udfff]{0,99}")


def refusals(raw: object) -> list[Problem]:
    """Return why `raw` cannot be looked at as answers; empty when it can. One problem is enough to stop."""
    if not isinstance(raw, Mapping):
        return [Problem("", "type", "Send the answers as an object with one key for each question")]
    characters = 0
    for values, (depth, value) in enumerate(_walked(raw), start=1):
        characters += len(value) if isinstance(value, str) else 0
        if isinstance(value, Mapping) and not all(isinstance(key, str) and KEY.fullmatch(key) for key in value):
            message = "Rename the keys that begin with $ or _, hold a dot, or are not text: no question has such an id"
            return [Problem("", "key", message)]
        if depth > MAX_DEPTH:
            return [Problem("", "too_deep", f"Nest the answers less: {MAX_DEPTH} levels are the limit")]
        if values > MAX_VALUES or characters > MAX_CHARACTERS:
            message = f"Send less: {MAX_VALUES:,} values and {MAX_CHARACTERS:,} characters are the limit"
            return [Problem("", "too_large", message)]
    return []


def _walked(raw: Json) -> Iterator[tuple[int, Json]]:
    """Yield every value with its depth. A stack of iterators: neither depth nor width uses up the machine's own."""
    waiting: list[Iterator[Json]] = [iter((raw,))]
    while waiting:
        value = next(waiting[-1], _DONE)
        if value is _DONE:
            waiting.pop()
            continue
        yield len(waiting) - 1, value
        if isinstance(value, Mapping):
            waiting.append(iter(value.values()))
        elif isinstance(value, list):
            waiting.append(iter(value))


_DONE = object()
