"""`frontdoor evaluate`: JSONLogic for pipes, one answer a line."""

import sys
from typing import Any, BinaryIO

import click

from frontdoor.cli.json_text import read, written
from frontdoor.domain.errors import FrontDoorError
from frontdoor.domain.rules.engine import evaluate as answer

LONGEST_LINE = 4_000_000  # bytes


@click.command("evaluate")
def evaluate() -> None:
    """Read JSON lines {"logic": …, "data": …} and print {"value": …} or {"error": …} for each.

    One line in, one line out, in order: a line that cannot be read or evaluated gives an error and the next one is
    read. Undefined, NaN and infinities print as null. Without "data" the data are null.
    """
    lines, out = sys.stdin.buffer, sys.stdout.buffer
    while line := lines.readline(LONGEST_LINE + 1):
        out.write((_answered(line, lines) + "\n").encode())
        out.flush()


def _answered(line: bytes, lines: BinaryIO) -> str:
    if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
        _skip_rest(lines)
        return _error("too_long", f"the line is longer than {LONGEST_LINE:,} bytes")
    try:
        asked = read(line)
    except RecursionError:
        return _error("too_deep", "the line has too many levels to be read")
    except ValueError:
        return _error("bad_json", 'the line is not JSON: send {"logic": …, "data": …} in UTF-8')
    if not isinstance(asked, dict) or "logic" not in asked:
        return _error("bad_line", 'the line has no logic: send {"logic": …, "data": …}')
    return _value(asked)


def _value(asked: dict[str, Any]) -> str:
    try:
        value = answer(asked["logic"], asked.get("data"))
    except FrontDoorError as error:
        return _error(error.code, error.message)
    return '{"value":' + written(value) + "}"


def _error(code: str, message: str) -> str:
    return written({"error": f"{code}: {message}"})


def _skip_rest(lines: BinaryIO) -> None:
    while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass
