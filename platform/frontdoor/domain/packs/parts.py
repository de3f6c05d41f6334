"""Library parts, inlined where a form uses them. Source: DESIGN section 4, "Form".

A form's `parts` bring pages, conditions and questions; a group's `$ref` brings the questions and conditions of a row.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.addresses import as_group
from frontdoor.domain.overlay import Overlay, apply, original
from frontdoor.domain.packs.sources import Source
from frontdoor.domain.schemas import did_you_mean

Library = Mapping[str, Source]
_DEPTH = 6


@dataclass
class _Work:
    """What inlining one form gathers: problems, and which part (and pointer in it) each inlined value came from."""

    library: Library
    problems: list[Problem] = field(default_factory=list)
    from_parts: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Inlined:
    """A form without parts or `$ref`s; `from_parts` maps a pointer to the part's file and the pointer in it."""

    document: dict[str, Any]
    problems: tuple[Problem, ...]
    from_parts: Mapping[str, tuple[str, str]]


def urn(source: Source) -> str:
    """Return the name by which a form refers to a library part."""
    return f"urn:frontdoor:{source.owner}:{source.name}"


def inline(form: Source, library: Library) -> Inlined:
    """Return the form with every library part inlined; a part that cannot be is a problem and leaves a gap."""
    work = _Work(library)
    document = deepcopy(dict(form.document))
    uses = document.pop("parts", {})
    for key in sorted(uses, key=lambda name: (uses[name].get("order", 0), name)):
        _merge_part(document, uses[key], f"/parts/{key}", work)
    document["questions"] = dict(_rows(document.get("questions", {}), "/questions", work, 0))
    problems = tuple(Problem(found.where, found.code, found.message, form.file) for found in work.problems)
    return Inlined(document, problems, work.from_parts)


def _merge_part(document: dict[str, Any], use: Mapping[str, Any], where: str, work: _Work) -> None:
    found = _part(use.get("$ref"), where, work)
    if found is None:
        return
    source, part = found
    part = _laid_over(part, use.get("changes", {}))
    _rehome(part, use)
    for what in ("pages", "conditions", "questions"):
        mine = document.setdefault(what, {})
        for key, value in part.get(what, {}).items():
            if key not in mine:
                mine[key] = value
                work.from_parts[f"/{what}/{key}"] = (source.file, f"/{what}/{key}")
            elif what != "pages":
                message = f"`{key}` is already in this form: change the part's with `changes`, or rename one"
                work.problems.append(Problem(where, "clash", message))


def _rehome(part: dict[str, Any], use: Mapping[str, Any]) -> None:
    """Move the questions to the page that the form names, and everything behind the place that it gives the part."""
    if "page" in use:
        part["pages"] = {}
    moved = [question["ui"] for question in part.get("questions", {}).values() if "ui" in question]
    for ui in moved:
        ui["page"] = use.get("page", ui.get("page"))
    if "order" in use:
        # The part's own order is kept behind the comma: parts are numbered below 1000.
        for entry in (*part.get("pages", {}).values(), *(moved if "page" in use else ())):
            entry["order"] = use["order"] + entry.get("order", 0) / 1000


def _rows(questions: Mapping[str, Any], where: str, work: _Work, depth: int) -> Iterator[tuple[str, Any]]:
    for key, written in questions.items():
        question = as_group(written) if isinstance(written, dict) else written
        here = f"{where}/{key}"
        if not isinstance(question, dict) or not ("$ref" in question or "questions" in question):
            yield key, question
            continue
        row = _with_part(question, here, work) if "$ref" in question else question
        if depth < _DEPTH:
            row = {**row, "questions": dict(_rows(row.get("questions", {}), f"{here}/questions", work, depth + 1))}
        else:
            work.problems.append(Problem(here, "too_deep", "Nest the groups less: a part must not hold itself"))
        yield key, row


def _with_part(question: Mapping[str, Any], where: str, work: _Work) -> dict[str, Any]:
    own = {key: value for key, value in question.items() if key != "$ref"}
    found = _part(question["$ref"], f"{where}/$ref", work)
    if found is None:
        return own
    source, part = found
    brought: dict[str, Any] = {what: part[what] for what in ("questions", "conditions") if what in part}
    for inner in brought.get("questions", {}).values():
        inner.get("ui", {}).pop("page", None)
    for what, entries in brought.items():
        work.from_parts.update({f"{where}/{what}/{key}": (source.file, f"/{what}/{key}") for key in entries})
    laid: dict[str, Any] = {what: own[what] for what in ("questions", "conditions") if what in own}
    return {**own, **_laid_over(brought, laid)}


def _part(name: object, where: str, work: _Work) -> tuple[Source, dict[str, Any]] | None:
    source = work.library.get(str(name))
    if source is None:
        near = did_you_mean(str(name), sorted(work.library))
        work.problems.append(Problem(where, "unknown_part", f"There is no library part `{name}`{near}"))
        return None
    return source, deepcopy(dict(source.document))


def _laid_over(under: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    if not changes:
        return under
    laid = apply(original(under, "part", "1"), Overlay("form", "1", "part@1", "as the form uses the part", changes))
    return dict(laid.document)
