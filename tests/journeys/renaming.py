"""Copies packs under other ids: every id that a pack defines becomes another one, wherever it is used.

Which keys and which texts are ids is read from the meta-schemas, not listed here: an object whose `propertyNames` are
ids, a text that is an `id`, a `code`, a `pointer` … Ids map one to one (`x` and ROT13), so that an id means the same
in every document. What stays is the platform's own vocabulary, listed below with where it is documented.
"""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from frontdoor.domain import schemas
from frontdoor.domain.canonical import digest
from frontdoor.domain.packs.sources import SECTIONS, kind_of

# The default of `when_unknown` (DESIGN section 4).
RESERVED = frozenset({"pending", "CHECKS_OUTSTANDING"})
# The states of a nomination that a tracker has words for besides the stages.
TRACKED = frozenset({"received", "question", "replied", "decided"})
# Keys that are ids to the meta-schema but name permissions and words of the interface, both the platform's.
_OF_PLATFORM = {("roles", "may"), ("words", "words"), ("words", "labels")}
_DOCUMENTS = frozenset(
    {"owner", "codes", "roles", "teams", "pathway", "clocks", "qa", "retention", "exports", "measures", "demo"}
    | {"holidays", "theme", "words", "notices"}
)
_KEYS = frozenset({"id", "code", "owner_id", "file_name"})
_INSERT = re.compile(r"(?<!\{)\{([a-z][a-z0-9_]*)\}(?!\})")
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
Node = Mapping[str, Any]


def other(name: str) -> str:
    """Return the id that stands for `name` in the copy; a code of digits alone may be a number's and stays."""
    return name if name in RESERVED or name.isdigit() else "x" + codecs.encode(name, "rot13")


class Renaming:
    """The ids that packs define, and the copy of anything that uses them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.names: set[str] = set()
        self.codes: set[str] = set()
        self.chosen: set[str] = set()  # questions whose answers are option codes
        self.documents = dict(_documents(root))
        for path, document in self.documents.items():
            self._learn(path, document)

    def copy_to(self, target: Path) -> Path:
        """Write the renamed packs under `target` and return it."""
        renamed = {path: self._document(path, document) for path, document in self.documents.items()}
        for path, document in renamed.items():
            self._rehash(path, document, renamed)
            _write(target / self._path(path), json.dumps(document, ensure_ascii=False, indent=1))
        for path in sorted(self.root.glob("rules/*/*.examples.jsonl")):
            lines = (self.example(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line)
            written = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
            _write(target / self._path(path.relative_to(self.root)), written)
        for path in self.root.glob("themes/*/logo.svg"):
            _write(target / self._path(path.relative_to(self.root)), path.read_text(encoding="utf-8"))
        return target

    def answers(self, told: Any, question: str = "") -> Any:
        """Return answers by their new ids; option codes too, row ids and words never."""
        if isinstance(told, dict):
            return {
                other(key) if key in self.names and key != "id" else key: self._answer(key, one)
                for key, one in told.items()
            }
        if isinstance(told, list):
            return [self.answers(one, question) for one in told]
        return self.code(told) if question in self.chosen else told

    def code(self, value: Any) -> Any:
        """Return a constant: another code where it is one, anything else as it is."""
        if isinstance(value, list):
            return [self.code(one) for one in value]
        if isinstance(value, dict):
            return {other(key) if key in self.names | self.codes else key: self.code(one) for key, one in value.items()}
        return other(value) if isinstance(value, str) and value in self.codes else value

    def example(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a worked example on the renamed packs."""
        known = self.names | self.codes
        given = {
            key if key == "as_of" or key not in known else other(key): self.code(one)
            for key, one in row["facts"].items()
        }
        rule = other(row["rule"]) if row["rule"] in known else row["rule"]
        return {**row, "pack": other(row["pack"]), "rule": rule, "facts": given, "expect": self._tokens(row["expect"])}

    def _tokens(self, line: str) -> str:
        return _TOKEN.sub(lambda found: other(found[0]) if found[0] in self.codes else found[0], line)

    def _answer(self, question: str, told: Any) -> Any:
        if isinstance(told, dict) and "postcode" in told:
            return told
        return self.answers(told, question)

    # ── learning ──

    def _learn(self, path: Path, document: Any) -> None:
        section, owner, *rest = path.parts
        self.names |= {owner, rest[-1].removesuffix(".json")} - _DOCUMENTS
        kind = _kind(path, document)
        body = document.get("changes") if kind == "overlay" else document
        self._visit(body, _Place.of(kind if kind != "overlay" else _kind(path, {}), section))

    def _visit(self, value: Any, place: "_Place") -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                below, shape = place.step(key)
                if shape in _KEYS and not (place.key == "tracker" and key in TRACKED):
                    (self.codes if shape == "code" else self.names).add(key)
                if key == "stages":
                    self.codes |= set(inner)  # a stage is compared with `case.stage`
                if key == "ui" and isinstance(inner, dict) and {"options", "codes"} & set(inner):
                    self.chosen.add(place.key)
                self._visit(inner, below)
        elif isinstance(value, str) and place.key in ("reason_code", "code", "id"):
            (self.codes if place.shape == "code" else self.names).add(value)

    # ── renaming ──

    def _path(self, path: Path) -> Path:
        section, owner, *rest = path.parts
        *folders, file = rest
        stem, _, extension = file.partition(".")
        kept = stem in _DOCUMENTS or extension == "svg"
        return Path(section, other(owner), *folders, file if kept else f"{other(stem)}.{extension}")

    def _document(self, path: Path, document: Any) -> dict[str, Any]:
        kind = _kind(path, document)
        if kind != "overlay":
            return self._renamed(document, _Place.of(kind, path.parts[0]))
        place = _Place.of(_kind(path, {}), path.parts[0])
        return {
            "extends": self._versioned(document["extends"]),
            "because": document["because"],
            **({"document": other(document["document"])} if "document" in document else {}),
            "replaces": {
                self._pointer(pointer, place): found for pointer, found in document.get("replaces", {}).items()
            },
            "changes": self._renamed(document["changes"], place),
        }

    def _renamed(self, value: Any, place: "_Place") -> Any:
        special = self._special(value, place)
        if special is not None:
            return special
        if isinstance(value, dict):
            made = {}
            for key, inner in value.items():
                below, shape = place.step(key)
                new = self._pointer(key, None) if shape == "pointer" else other(key) if shape in _KEYS else key
                if place.key == "tracker":
                    new = key if key in TRACKED else other(key)
                made[new] = self._renamed(inner, below)
            return made
        if isinstance(value, list):
            return [self._renamed(one, place.item()) for one in value]
        return self._leaf(value, place)

    def _special(self, value: Any, place: "_Place") -> Any:
        """Return what is renamed by a rule of its own; None for all that the meta-schema describes."""
        if value is None:
            return None
        if place.shape == "logic" or place.key == "argument":
            clock = isinstance(value, dict) and set(value) == {"clock"}
            return {"clock": other(value["clock"])} if clock else self.logic(value)
        if place.key == "answers":
            return self.answers(value)
        if place.shape in ("constant", "schema_keywords") or (place.key == "options" and isinstance(value, list)):
            return self.code(value)
        return None

    def _leaf(self, value: Any, place: "_Place") -> Any:
        if not isinstance(value, str):
            return value
        if place.shape in _KEYS or place.key == "id":
            return other(value) if value in self.names | self.codes else value
        if place.shape == "owner_at_version":
            return self._versioned(value)
        if place.within_text:
            return _INSERT.sub(lambda found: f"{{{other(found[1])}}}" if found[1] in self.names else found[0], value)
        if place.key == "over":
            return self._variable(value)
        if place.key == "$ref":
            return ":".join([*value.split(":")[:2], *(other(part) for part in value.split(":")[2:])])
        return value.translate(str.maketrans("DNR", "QAE")) if place.key == "reference_prefix" else value

    def logic(self, rule: Any) -> Any:
        """Return JSONLogic with its paths and constants renamed, its operators as they are."""
        if isinstance(rule, dict):
            return {operator: self._operands(operator, operands) for operator, operands in rule.items()}
        if isinstance(rule, list):
            return [self.logic(one) for one in rule]
        return self.code(rule)

    def _operands(self, operator: str, operands: Any) -> Any:
        if operator != "var":
            return self.logic(operands)
        if isinstance(operands, list):
            return [self._variable(operands[0]), *(self.code(one) for one in operands[1:])]
        return self._variable(operands)

    def _variable(self, path: Any) -> Any:
        if not isinstance(path, str) or not path:
            return path
        root, *rest = path.split(".")
        if root in ("case", "family", "as_of") or (root == "capacity" and len(rest) < 2):
            return path
        if root == "decisions":
            return ".".join([root, other(rest[0]), *rest[1:]])
        if root in ("answers", "facts", "parameters", "row", "conditions", "capacity"):
            return ".".join([root, *(other(step) if step in self.names else step for step in rest)])
        return ".".join(other(step) if step in self.names else step for step in (root, *rest))

    def _versioned(self, owner: str) -> str:
        name, _, version = owner.partition("@")
        return f"{other(name)}@{version}"

    def _pointer(self, pointer: str, place: "_Place | None") -> str:
        """Return a pointer into a document (`place` is its root) or, without one, into a tree."""
        steps = pointer.split("/")[1:]
        made: list[str] = []
        if place is None:
            section, name, *steps = steps
            made = [section, name if name in _DOCUMENTS else other(name)]
            place = _Place.of(_kind(Path(section, "any", f"{name}.json"), {}), section)
        for step in steps:
            place, shape = place.step(step)
            made.append(other(step) if shape in _KEYS else step)
        return "".join(f"/{step}" for step in made)

    def _rehash(self, path: Path, document: dict[str, Any], renamed: Mapping[Path, Any]) -> None:
        """Write the digests of what an overlay replaces: their texts may hold renamed ids."""
        for pointer in document.get("replaces", {}):
            owner = self.documents[path]["extends"].partition("@")[0]
            value: Any = renamed[Path(path.parts[0], owner, *path.parts[2:])]
            for step in pointer.split("/")[1:]:
                value = value[step]
            document["replaces"][pointer] = f"sha256:{digest(value)}"


class _Place:
    """Where one stands in a meta-schema: the key that led here and what its `$ref` calls the value's shape."""

    def __init__(self, kind: str, file: str, node: Node, key: str = "", *, within_text: bool = False) -> None:
        self.kind, self.key = kind, key
        self.shape = str(node.get("$ref", "")).rpartition("/")[2]
        self.within_text = within_text or self.shape == "text"
        self.file, self.node = _followed(file, node)

    @classmethod
    def of(cls, kind: str, section: str) -> "_Place":
        """Return the root of a kind of document."""
        return cls(kind, f"{kind.replace('_', '-')}.json", schemas.meta_schema(kind))

    def step(self, key: str) -> tuple["_Place", str]:
        """Return the place below a key, and the shape of the key itself: "" where it is a word of the format."""
        if (self.kind, self.key) in _OF_PLATFORM or self.within_text:
            return self._below({}, key), ""
        if self.key == "changes":
            return _Place.of("part", "forms").step(key)
        named = self.node.get("properties", {})
        ways = (named, *(self.node.get(way, {}).get("properties", {}) for way in ("then", "else")))
        if any(key in way for way in ways):
            return self._below({word: rule for way in ways for word, rule in way.get(key, {}).items()}, key), ""
        inside = self.node.get("additionalProperties", {})
        shape = str(self.node.get("propertyNames", {}).get("$ref", "")).rpartition("/")[2]
        return self._below(inside if isinstance(inside, dict) else {}, key), shape

    def item(self) -> "_Place":
        """Return the place of a list's elements."""
        return self._below(self.node.get("items", {}), self.key)

    def _below(self, node: Node, key: str) -> "_Place":
        return _Place(self.kind, self.file, node, key, within_text=self.within_text)


def _followed(file: str, node: Node) -> tuple[str, Node]:
    while "$ref" in node:
        name, _, inside = str(node["$ref"]).partition("#")
        file = name or file
        node = json.loads((Path(schemas.__file__).parent / file).read_text(encoding="utf-8"))
        for step in inside.split("/")[1:]:
            node = node[step]
    return file, node


def _kind(path: Path, document: Mapping[str, Any]) -> str:
    section, _, *rest = path.parts
    return kind_of(section, "/".join(rest).removesuffix(".json"), document)


def _documents(root: Path) -> Iterator[tuple[Path, Any]]:
    for section in SECTIONS:
        for path in sorted((root / section).rglob("*.json")):
            yield path.relative_to(root), json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
