"""Shipped files: `forms/`, `rules/` and `themes/` under one folder, read as documents with an owner and a kind.

Nothing is repaired: two equal keys, NaN, a file too large or under a name that no document may have are problems.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from frontdoor.domain.errors import Problem
from frontdoor.domain.packs.sources import FILE_NAME, SECTIONS, Source

MAX_BYTES = 1_000_000
_EXAMPLES = ".examples.jsonl"


@dataclass(frozen=True)
class Shipped:
    """Everything under one folder: documents, the worked examples beside them, logos, and what cannot be read."""

    root: Path
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    examples: tuple[Path, ...]
    logos: tuple[tuple[str, Path], ...]


class _Unreadable(ValueError):
    """JSON that two readers would read differently; the message says what to change."""


def read(root: Path) -> Shipped:
    """Return what lies under `root`, in the order of the paths; unreadable files are problems, never errors."""
    sources: list[Source] = []
    problems: list[Problem] = []
    examples: list[Path] = []
    logos: list[tuple[str, Path]] = []
    for path in _files(root):
        where = path.relative_to(root).as_posix()
        section, owner, *rest = where.split("/")
        misplaced = _misplaced(section, owner, rest)
        if misplaced:
            problems.append(Problem("", "misplaced", misplaced, where))
        elif path.name.endswith(_EXAMPLES):
            examples.append(path)
        elif path.suffix == ".svg":
            logos.append((owner, path))
        else:
            found = read_document(path, where)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                sources.append(Source(where, owner, section, "/".join(rest).removesuffix(".json"), found))
    return Shipped(root, tuple(sources), tuple(problems), tuple(examples), tuple(logos))


def read_document(path: Path, where: str) -> dict[str, Any] | Problem:
    """Return the JSON object in a file, or why it cannot be read; `where` names the file in the problem."""
    try:
        if path.is_symlink() or path.stat().st_size > MAX_BYTES:
            return Problem("", "too_large", f"Make it an ordinary file of at most {MAX_BYTES:,} bytes", where)
        text = path.read_text(encoding="utf-8")
        found = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as broken:
        code, message = _unreadable(broken)
        return Problem("", code, message, where)
    except OSError as lost:
        return Problem("", "unreadable", f"The file cannot be opened: {lost.strerror}", where)
    if not isinstance(found, dict):
        return Problem("", "not_an_object", "A document is a JSON object: begin it with {", where)
    return found


def _unreadable(broken: ValueError | RecursionError) -> tuple[str, str]:
    """Return the code of what is wrong with a file's text, and what to do about it."""
    match broken:
        case json.JSONDecodeError():
            return "not_json", f"This is not JSON: {broken.msg}, line {broken.lineno}, column {broken.colno}"
        case UnicodeDecodeError():
            return "not_utf8", "Save the file as UTF-8"
        case RecursionError():
            return "too_deep", "Nest it less: this is deeper than any document may be"
        case _Unreadable():
            return "not_json", str(broken)
    return "not_json", "Write shorter numbers"  # Python reads no integer of more than 4,300 digits


def _files(root: Path) -> Iterator[Path]:
    for section in SECTIONS:
        yield from sorted(path for path in (root / section).rglob("*") if path.is_file() and path.name != ".gitkeep")


def _misplaced(section: str, owner: str, rest: list[str]) -> str:
    """Return what is wrong with a path, or `""`."""
    if not rest:
        return f"Put it in a folder named after its owner: {section}/OWNER/{owner}"
    if not FILE_NAME.fullmatch(owner):
        return "Rename the owner's folder: lower-case letters, digits and -, a letter first"
    letter = section == "themes" and len(rest) == 2 and rest[0] == "letters"
    if len(rest) > 1 and not letter:
        return "Move it up: only letters have a folder inside the owner's"
    return _misnamed(section, rest)


def _misnamed(section: str, rest: list[str]) -> str:
    name = rest[-1]
    if name.endswith(_EXAMPLES) and section == "rules":
        name = name.removesuffix(_EXAMPLES) + ".json"
    if section == "themes" and rest == ["logo.svg"]:
        return ""
    if not name.endswith(".json"):
        return "Move it out: beside documents (.json) stand only worked examples (.examples.jsonl) and logo.svg"
    if not FILE_NAME.fullmatch(name.removesuffix(".json")):
        return "Rename it: lower-case letters, digits and -, a letter first, then .json"
    if section == "themes" and rest[0] != "letters" and name not in ("theme.json", "words.json", "notices.json"):
        return "A theme holds theme.json, words.json, notices.json, logo.svg and letters/NAME.json"
    return ""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Unreadable(f"`{twice}` stands twice in one object: keep one of them")
    return found


def _finite(written: str) -> float:
    number = float(written)
    if not isfinite(number):
        raise _Unreadable(f"{_shown(written)} is larger than any number that can be kept: write a smaller one")
    return number


def _shown(written: str) -> str:
    return written if len(written) <= 20 else f"{written[:20]}…"


def _no_constant(name: str) -> float:
    raise _Unreadable(f"{name} is no JSON number: write a finite one")
