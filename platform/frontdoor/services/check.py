"""Every static check on forms, rules, pathways and themes, for one tree or for a whole folder of packs.

A problem of a tree is told where it was written: the file and the pointer that set the value. One mistake in a
shared document shows in many trees and is told once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdoor.domain.calendar import from_document
from frontdoor.domain.errors import DocumentRejected, NotFound, Problem, RuleRefused
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.packs import Owner, Packs, Resolved, gather, resolve
from frontdoor.domain.packs.sources import SECTIONS, kind_of
from frontdoor.domain.programme import parsed_clocks, parsed_rules
from frontdoor.domain.schemas import validate
from frontdoor.services import examples
from frontdoor.services.checks import (
    demo,
    forms,
    logic,
    order,
    overlays,
    parameters,
    pathways,
    protected,
    rule_sets,
    test_families,
    themes,
    types,
    values,
)
from frontdoor.services.checks.names import Names
from frontdoor.store import shipped

Tree = Mapping[str, Any]
# Found again, and better placed, by the checks of names.
_SAID_BETTER = frozenset({"unknown_name"})


@dataclass(frozen=True)
class Report:
    """What a check found, and over how much: documents, and (authority, programme) trees."""

    problems: tuple[Problem, ...]
    documents: int
    trees: int


def root_problems(root: Path) -> Report:
    """Return what is wrong in a folder that holds forms/, rules/ and themes/, in every tree that it makes.

    A tree with a document that breaks its meta-schema, or cannot be read, is looked at once that is put right: what
    else would be told of it is mostly its consequence.
    """
    read = shipped.read(root)
    broken = [
        Problem(one.where, one.code, one.message, source.file)
        for source in read.sources
        for one in validate(source.kind, source.document)
    ]
    found = [*read.problems, *broken, *_unreadable_examples(read)]
    files = frozenset(problem.file for problem in found)
    if any(file.endswith("/owner.json") for file in files):
        return Report(once(found), len(read.sources), 0)
    packs = gather(read.sources)
    found += [*packs.problems, *overlays.check(packs)]
    # An owner that extends another version is told so, and still makes a tree; any other wrong owner makes none.
    files |= {problem.file for problem in packs.problems if problem.code != "old_version"}
    sound = [pair for pair in packs.pairs() if not _touched(_chain(packs, *pair), files)]
    for authority, programme in sound:
        found += resolved_problems(resolve(packs, programme, authority))
    return Report(once(found), len(read.sources), len(sound))


def has_library(root: Path) -> bool:
    """Return whether a folder of packs holds the library that every other builds on: an owner of kind `base`."""
    owners = ((path, shipped.read_document(path, "")) for path in sorted(root.glob("rules/*/owner.json")))
    return any(not isinstance(found, Problem) and found.get("kind") == "base" for _, found in owners)


def _unreadable_examples(read: shipped.Shipped) -> Iterator[Problem]:
    """Yield a problem for each line of the worked examples that is none; what they say, `frontdoor examples` asks."""
    for path in read.examples:
        file = path.relative_to(read.root).as_posix()
        for line in examples.unreadable(path):
            yield Problem("", "example", line, file)


def _chain(packs: Packs, authority: str | None, programme: str) -> tuple[Owner, ...]:
    """Return the owners of a tree; none where the two do not belong together, which is told of the owners."""
    try:
        return packs.chain(programme, authority)
    except NotFound:
        return ()


def _touched(chain: Iterable[Owner], files: frozenset[str]) -> bool:
    """Return whether one of these files lies in a folder of an owner of the chain, or there is no chain."""
    owners = {owner.id for owner in chain}
    return not owners or any(file.split("/")[1] in owners for file in files if "/" in file)


def tree_problems(tree: Tree) -> list[Problem]:
    """Return what is wrong with one resolved tree, with pointers into it. Shapes first: the rest relies on them."""
    return shape_problems(tree) or list(_meanings(tree))


def document_problems(path: Path, kind: str = "") -> Report:
    """Return what is wrong with one document by itself; `kind` as in `schemas.KINDS`, else it is told from the path.

    What it names in other documents is not looked for.
    """
    where = path.as_posix()
    found = shipped.read_document(path, where)
    if isinstance(found, Problem):
        return Report((found,), 1, 0)
    kind = kind or _kind(path, found)
    if not kind:
        message = "This is no document of a known kind: put it in forms/OWNER, rules/OWNER or themes/OWNER"
        return Report((Problem("", "unknown_kind", message, where),), 1, 0)
    problems = [Problem(p.where, p.code, p.message, where) for p in validate(kind, found)]
    if kind == "rule_set" and not problems:
        problems = [Problem(p.where, p.code, p.message, where) for p in logic.of_rule_set(found, "")]
    return Report(tuple(problems), 1, 0)


def resolved_problems(resolved: Resolved) -> Iterator[Problem]:
    """Yield what stood in the way of a tree and what is wrong with it, each with the file that it was written in."""
    yield from resolved.problems
    for problem in tree_problems(resolved.tree):
        file, where = resolved.locate(problem.where)
        yield Problem(where, problem.code, problem.message, file)


def once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, by file and place: a mistake in a shared document shows in every tree."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: (one.file, one.where, one.message)))


def shape_problems(tree: Tree) -> list[Problem]:
    """Return what breaks a meta-schema in one resolved tree, with pointers into it: such a tree cannot be run."""
    return (
        [
            Problem(f"/{section}/{name.replace('/', '~1')}{one.where}", one.code, one.message)
            for section in SECTIONS
            for name, document in tree.get(section, {}).items()
            for one in validate(kind_of(section, name, document), document)
        ]
        + [
            Problem(f"/examples/{code}{one.where.removeprefix('/examples')}", one.code, one.message)
            for code, kept in tree.get("examples", {}).items()
            for one in validate("examples", {"examples": kept})
        ]
        + (validate("test_families", {"test_families": tree["test_families"]}) if "test_families" in tree else [])
    )


def _meanings(tree: Tree) -> Iterator[Problem]:
    names = Names(tree)
    parsed: list[Form] = []
    for one in forms.parsed(names):
        if isinstance(one, Form):
            parsed.append(one)
        else:
            yield one
    yield from forms.check(names)
    refused = [problem for name, one in names.rule_sets.items() for problem in logic.of_rule_set(one, f"/rules/{name}")]
    yield from refused
    yield from rule_sets.check(names)
    yield from parameters.check(names)
    yield from _once_per_place(types.check(names, parsed), values.check(names, parsed))
    yield from order.check(names)
    yield from protected.check(names)
    if not refused:
        yield from _refused(lambda: parsed_rules(tree, parsed))
    yield from _refused(lambda: parsed_clocks(tree))
    yield from pathways.check(names)
    yield from logic.of_pathway(tree)
    yield from themes.check(names)
    yield from _calendar(tree)
    yield from demo.check(names, parsed)
    yield from test_families.check(tree, parsed)


def _once_per_place(*checks: Iterator[Problem]) -> Iterator[Problem]:
    """Yield of each place what the first check says: a constant of the wrong type is also outside every range."""
    told: set[str] = set()
    for check in checks:
        found = list(dict.fromkeys(check))
        yield from (one for one in found if one.where not in told)
        told |= {one.where for one in found}


def _refused(parse: Any) -> Iterator[Problem]:
    try:
        parse()
    except (DocumentRejected, RuleRefused) as refused:
        for one in refused.problems or (Problem("", refused.code, refused.message),):
            if one.code not in _SAID_BETTER:
                yield one


def _calendar(tree: Tree) -> Iterator[Problem]:
    rules = tree.get("rules", {})
    if "holidays" not in rules:
        yield Problem("", "no_holidays", "Add holidays.json to the library: working days cannot be counted without it")
        return
    try:
        from_document(rules["holidays"])
    except DocumentRejected as refused:
        for one in refused.problems:
            yield Problem(f"/rules/holidays{one.where}", one.code, one.message)


def _kind(path: Path, document: Mapping[str, Any]) -> str:
    section, name = path.parts[-3] if len(path.parts) > 2 else "", path.stem
    if len(path.parts) > 3 and path.parts[-2] == "letters" and path.parts[-4] == "themes":
        section, name = "themes", f"letters/{name}"
    if section in SECTIONS:
        return kind_of(section, name, document)
    return _kind_by_keys(name, document)


def _kind_by_keys(name: str, document: Mapping[str, Any]) -> str:
    """Return the kind of a document that stands outside any pack, by the keys that only its kind has."""
    if "changes" in document and "extends" in document:
        return "overlay"
    if "questions" in document or "pages" in document:
        return kind_of("forms", name, document)
    if document.keys() & {"facts", "decisions", "parameters"}:
        return "rule_set"
    marks = {
        "lists": "codes", "roles": "roles", "teams": "teams", "stages": "pathway", "clocks": "clocks",
        "checkpoints": "qa", "records": "retention", "exports": "exports", "measures": "measures", "accounts": "demo",
        "days": "holidays", "colours": "theme", "words": "words", "duty": "notices", "body": "letter", "kind": "owner",
    }  # fmt: skip
    return next((kind for key, kind in marks.items() if key in document), "")
