"""`frontdoor check`: every static check on shipped files, or on those that are named."""

from collections.abc import Iterator
from pathlib import Path

import click

from frontdoor import packs_dir
from frontdoor.services.check import Report, document_problems, has_library, root_problems


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--kind", default="", help="The kind of a document that stands outside forms/, rules/ and themes/.")
def check(paths: tuple[Path, ...], kind: str) -> None:
    """Check forms, rules, pathways and themes: every shipped file, or each PATH.

    A PATH is a document, a folder inside a pack, or a folder that holds forms/, rules/ and themes/. Each problem is a
    line `file#/pointer: message`; the exit status is 1 when there is any.
    """
    reports = [_report(path, kind) for path in paths] if paths else [root_problems(packs_dir())]
    problems = [problem for report in reports for problem in report.problems]
    for problem in problems:
        click.echo(str(problem))
    documents, trees = (sum(getattr(one, key) for one in reports) for key in ("documents", "trees"))
    checked = f"{_count(documents, 'document')}, {_count(trees, 'configuration')}"
    click.echo(f"{_count(len(problems), 'problem')} in {checked}")
    if problems:
        raise click.exceptions.Exit(1)


def _report(path: Path, kind: str) -> Report:
    """Return the problems of a root, of the files under a path inside a root, or of one document by itself."""
    path = path.resolve()
    if path.is_dir() and _is_root(path):
        return root_problems(path)
    root = next((above for above in path.parents if _holds(above, path)), None)
    if root is None or kind:
        if path.is_dir():
            raise click.UsageError(
                f"{path} holds no forms/, rules/ or themes/: name a folder that does, or a document."
            )
        return document_problems(path, kind)
    whole = root_problems(root)
    under = path.relative_to(root).as_posix()
    mine = tuple(one for one in whole.problems if one.file == under or one.file.startswith(f"{under}/"))
    count = 1 if path.is_file() else sum(1 for _ in _documents(path))
    return Report(mine, count, whole.trees)


def _is_root(folder: Path) -> bool:
    return any((folder / section).is_dir() for section in ("forms", "rules", "themes"))


def _holds(folder: Path, path: Path) -> bool:
    """Return whether `folder` is a root of packs, which has a library, and `path` one of its documents or folders."""
    inside = path.relative_to(folder).parts
    return inside[:1] in (("forms",), ("rules",), ("themes",)) and has_library(folder)


def _documents(folder: Path) -> Iterator[Path]:
    return folder.rglob("*.json")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
