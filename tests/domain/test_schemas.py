"""The meta-schemas: strict, described, closed to the world, and plain about what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from frontdoor.domain import schemas
from frontdoor.domain.schemas import KINDS, meta_schema, validate

EN = {"en": "Words"}
FOLDER = Path(schemas.__file__).parent


def subschemas(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object inside a meta-schema, with its place."""
    if isinstance(node, dict):
        yield where, node
        for key, value in node.items():
            yield from subschemas(value, f"{where}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from subschemas(value, f"{where}/{index}")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_each_meta_schema_is_good_draft_2020_12(path: Path) -> None:
    document = json.loads(path.read_text())
    jsonschema_rs.meta.validate(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_says_what_it_is_for(kind: str) -> None:
    silent = [
        f"{where}/properties/{key}"
        for where, node in subschemas(meta_schema(kind))
        if isinstance(node.get("properties"), dict)
        and "allOf" not in where
        and not where.endswith(("/if", "/then", "/else"))
        for key, value in node["properties"].items()
        if isinstance(value, dict) and not value.get("description")
    ]
    assert silent == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_object_with_named_keys_refuses_all_others(kind: str) -> None:
    lax = [
        where
        for where, node in subschemas(meta_schema(kind))
        if node.get("type") == "object" and "properties" in node and node.get("additionalProperties") in (None, True)
    ]
    assert lax == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_that_no_kind_knows_is_refused(kind: str) -> None:
    found = validate(kind, {"surprise": 1})
    assert any(problem.where == "/surprise" and problem.code == "unknown_key" for problem in found)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("document", [None, 1, "text", [], True], ids=repr)
def test_a_document_that_is_no_object_is_refused_not_crashed_on(kind: str, document: object) -> None:
    assert validate(kind, document)


def test_a_kind_that_does_not_exist_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        validate("sonnet", {})


def question(**ui: Any) -> dict[str, Any]:
    return {"type": "string", "ui": {"order": 10, "widget": "text", "label": EN, **ui}}


def form(**questions: Any) -> dict[str, Any]:
    return {"id": "e_nomination", "title": EN, "questions": questions}


MESSAGES = [
    pytest.param("form", form(a={"ui": {"widgett": "text", "label": EN}}), "/questions/a/ui/widgett",
                 "`widgett` is not known here; did you mean `widget`?", id="misspelt-key"),
    pytest.param("form", form(a={"ui": {"widget": "grp", "label": EN}}), "/questions/a/ui/widget",
                 "`grp` is not known here; did you mean `group`?", id="misspelt-value"),
    pytest.param("form", form(a={"ui": {"widget": "text", "label": {"cy": "Geiriau"}}}), "/questions/a/ui/label",
                 "`en` is missing: the English words", id="no-english"),
    pytest.param("form", form(A=question()), "/questions/A",
                 "Rename `A`: write a permanent id: it begins with a lower-case letter", id="bad-question-id"),
    pytest.param("form", form(a=question(required=False)), "/questions/a/ui/required",
                 "Write true here or leave the key out", id="false-where-only-true-makes-sense"),
    pytest.param("form", form(a=question(options=["x"])), "/questions/a/ui/options",
                 "Write an object here, not a list", id="a-list-in-a-source-document"),
    pytest.param("owner", {"kind": "base", "title": EN, "version": 0}, "/version", "Write 1 or more", id="too-small"),
    pytest.param("owner", {"kind": "base", "title": EN, "version": 1, "extends": "base@1"}, "/extends",
                 "Leave this key out here", id="a-base-extends-nothing"),
    pytest.param("owner", {"kind": "authority", "title": EN, "version": 1, "extends": "base@1"}, "",
                 "`programmes` is missing", id="an-authority-runs-programmes"),
    pytest.param("clocks", {"clocks": {"K": {"label": EN, "owner": "officer"}}}, "/clocks/K",
                 "Give `limits` and `take`; or `from_event` and `n` and `basis`", id="a-clock-that-counts-nothing"),
    pytest.param("theme", {"name": EN, "font": "system", "colours": {"accent": "red"}}, "/colours/accent",
                 "Write `red` differently", id="a-colour-by-name"),
    pytest.param("holidays", {"id": "ew", "title": EN, "source": "s",
                              "covers": {"from": "2026-01-01", "to": "2026-02-30"},
                              "days": {}}, "/covers/to", "Write `2026-02-30` differently", id="a-day-that-is-none"),
    pytest.param("overlay", {"extends": "derby@1", "changes": {"a": 1}}, "", "`because` is missing", id="no-reason"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "document", "where", "message"), MESSAGES)
def test_a_breach_says_where_it_is_and_what_to_do(kind: str, document: Any, where: str, message: str) -> None:
    told = [problem.message for problem in validate(kind, document) if problem.where == where]
    assert any(message in one for one in told), told


def test_every_breach_is_told_at_once() -> None:
    document = form(a={"ui": {"widgett": "text"}}, b={"ui": {"widget": "text", "label": {}}})
    assert {problem.where for problem in validate("form", document)} >= {
        "/questions/a/ui", "/questions/a/ui/widgett", "/questions/b/ui/label",
    }  # fmt: skip


def test_rows_from_a_library_part_may_be_laid_over_with_null_and_halves() -> None:
    group = {"type": "array", "$ref": "urn:frontdoor:base:person",
             "ui": {"order": 10, "widget": "group", "label": EN, "max_items": 9},
             "questions": {"nino": None, "dob": {"ui": {"required": True}}}}  # fmt: skip
    assert validate("form", form(members=group)) == []


def test_rows_without_a_library_part_are_whole_questions() -> None:
    group = {
        "type": "array",
        "ui": {"order": 10, "widget": "group", "label": EN, "max_items": 9},
        "questions": {"dob": {"ui": {}}},
    }
    found = validate("form", form(members=group))
    assert {problem.where for problem in found} == {"/questions/members/questions/dob/ui"}
    assert {problem.message.split("`")[1] for problem in found} == {"widget", "label", "order"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_no_meta_schema_refers_to_anything_outside_its_folder(path: Path) -> None:
    named = {node["$ref"] for _, node in subschemas(json.loads(path.read_text())) if isinstance(node.get("$ref"), str)}
    assert all(ref.startswith(("#/$defs/", "shared.json#/$defs/")) for ref in named), named


def test_options_beside_a_code_list_say_only_what_differs() -> None:
    chosen = question(widget="radios", codes="agreement", options={"refused": {"hint": EN}, "mixed": None})
    assert validate("form", form(a=chosen)) == []
    alone = question(widget="radios", options={"refused": {"hint": EN}})
    assert {problem.where for problem in validate("form", form(a=alone))} == {"/questions/a/ui/options/refused"}


@pytest.mark.parametrize("shared", ["question", "statement", "ui", "condition", "page"])
def test_a_library_part_may_ask_whatever_a_form_may(shared: str) -> None:
    assert meta_schema("part")["$defs"][shared] == meta_schema("form")["$defs"][shared]
