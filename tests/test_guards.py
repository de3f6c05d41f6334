"""The rules of the house that no linter knows."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from frontdoor import cli, settings

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "platform" / "frontdoor"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "static" not in path.parts)
MODULE_LINES = 250
FUNCTION_LINES = 30
POSITIONAL = 5

# What the store does for nobody in particular, a function or a whole module, each with the reason.
NO_VIEWER = {
    "accounts.any_of": "whether an authority has any account yet: asked before the first one exists",
    "accounts.by_email_for_sign_in": "asked before anybody is signed in",
    "accounts.by_id_for_sign_in": "asked before anybody is signed in",
    "accounts.partners_for_sign_in": "asked before anybody is signed in",
    "accounts.enrol": "a person's own first sign-in",
    "accounts.use_code": "asked before anybody is signed in",
    "administration": "the machinery below the modules that do ask",
    "api_tokens.by_digest": "finds out who the viewer is",
    "cases.delivered": "the worker's: marks events by their ids",
    "cases.escalating": "the worker's: clocks run for everybody",
    "cases.undelivered": "the worker's: events wait for everybody",
    "client": "the connection itself",
    "deadline": "the clock of what others ask",
    "connection": "the connection itself",
    "facts_columns.read": "takes apart what a line holds, reads nothing",
    "heartbeats": "whether a worker lives: no records of people",
    "jobs.claim": "the worker's",
    "jobs.fail": "the worker's",
    "jobs.finish": "the worker's",
    "jobs.heartbeat": "the worker's",
    "ledger": "the worker's chain of ids and digests; no names or answers in it",
    "mapping": "turns objects into documents and back, reads nothing",
    "messages": "the worker's outbox",
    "queue.queue_fields": "makes fields of a case that is at hand, reads nothing",
    "queue.state": "makes a condition, reads nothing",
    "records": "the machinery that adds a viewer's tokens to every query",
    "secrets": "encrypts what is at hand, reads nothing",
    "sessions": "finds out who the viewer is",
    "shipped": "reads the shipped files",
    "sign_in_links": "finds out who the viewer is",
    "snapshots": "published configuration: no records of people",
    "throttles": "counts tries before anybody is signed in",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return its length without the docstring: explaining oneself is not penalised."""
    first = function.body[0]
    explained = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or 0) - first.lineno + 1 if explained else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def positional_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def files_of_the_project() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_platform_is_a_folder_and_no_package_so_that_the_standard_library_keeps_its_name():
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert MODULES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_enough_to_be_one_thing(path):
    assert len(path.read_text().splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short_and_take_few_positional_parameters(path):
    long = {f.name: lines_of(f) for f in functions(path) if lines_of(f) > FUNCTION_LINES}
    many = {f.name: len(positional_of(f)) for f in functions(path) if len(positional_of(f)) > POSITIONAL}
    assert (long, many) == ({}, {})


def test_the_domain_imports_the_standard_library_jsonschema_rs_and_itself():
    found = {
        f"{name_of(path)}: {imported}"
        for path in MODULES
        if path.is_relative_to(PACKAGE / "domain")
        for imported in imports_of(path)
        if imported.split(".")[0] not in sys.stdlib_module_names | {"jsonschema_rs"}
        and not imported.startswith(("frontdoor.domain", "frontdoor.packs_dir"))
    }
    assert found == set()


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_a_programme_is_data_and_its_name_is_nowhere_in_the_platform():
    owners = [json.loads(path.read_text()) | {"id": path.parent.name} for path in ROOT.glob("rules/*/owner.json")]
    programmes = [owner for owner in owners if owner["kind"] != "base"]
    assert programmes
    names = {name for owner in programmes for name in (owner["id"], owner["id"].replace("-", "_"), *titles(owner))}
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, sorted(names))) + r")(?!\w)", re.IGNORECASE)
    found = {
        f"{name_of(path)}: {match[0]}"
        for path in files_of_the_project()
        if path.is_relative_to(PACKAGE)
        for match in pattern.finditer(path.read_bytes().decode(errors="ignore"))
    }
    assert found == set()


def titles(owner: dict[str, object]) -> list[str]:
    """Return an owner's titles, one text or one for each language."""
    title = owner["title"]
    return [str(words) for words in title.values()] if isinstance(title, dict) else [str(title)]


def store_functions() -> dict[str, list[str]]:
    """Return {"cases.open_ones": its positional parameters} for all that the store offers."""
    found = {}
    for path in sorted((PACKAGE / "store").glob("*.py")):
        tree = ast.parse(path.read_text())
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
        for node in [*tree.body, *(member for owner in classes for member in owner.body)]:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found[f"{path.stem}.{node.name}"] = positional_of(node)
    return found


def test_the_store_answers_a_viewer_and_nobody_else():
    viewerless = {name for name, parameters in store_functions().items() if parameters[:1] != ["viewer"]}
    modules = {name.split(".")[0] for name in viewerless}
    assert {name for name in viewerless if not {name, name.split(".")[0]} & set(NO_VIEWER)} == set()
    assert set(NO_VIEWER) - viewerless - modules == set(), "no longer there: take it off the list"


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_a_command_loads_and_is_documented(name):
    command = cli.main.get_command(click.Context(cli.main), name)
    assert command is not None
    assert command.help
    assert f"frontdoor {name}" in documentation()


@pytest.mark.parametrize("name", settings.VARIABLES)
def test_a_setting_is_documented(name):
    assert name in documentation()


def documentation() -> str:
    guides = [ROOT / "README.md", *(path for path in (ROOT / "docs").rglob("*.md") if "adr" not in path.parts)]
    return "\n".join(path.read_text() for path in guides if path.exists())


def test_no_file_names_a_package_registry():
    # Taken apart, or this file would be the one that names them.
    hosts = re.compile(
        rb"py" rb"pi\.org|python" rb"hosted\.org|npm" rb"js\.(?:org|com)|deb\." rb"debian\.org", re.IGNORECASE
    )
    assert [name_of(path) for path in files_of_the_project() if hosts.search(path.read_bytes())] == []
