"""The difference between two versions of a rule set, told in sentences: what, before, after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import canonical, pointer
from frontdoor.domain.orders import in_order
from frontdoor.domain.overlay import WHOLE
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.domain.rules.dialect.names import Names
from frontdoor.domain.rules.dialect.operators import kind_of
from frontdoor.domain.rules.dialect.parts import PART, PLACE, RULE_SET, SORTS
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import plain_value, sentence
from frontdoor.domain.text import say

_LEAVES = WHOLE | {"schema", "argument"}  # told as one thing
_GONE: Any = object()


@dataclass(frozen=True)
class Line:
    """One difference. `change` is added, removed, changed or moved; `before` or `after` is `""` where there is none."""

    change: str
    what: str
    before: str
    after: str
    pointer: str


@dataclass(frozen=True)
class Version:
    """A rule set and what its rules may name, as they are in that version."""

    document: Mapping[str, Any]
    names: Names


def compare(old: Version, new: Version, language: str = "en") -> list[Line]:
    """Return every difference of two versions of a rule set in reading order, with labels and sentences for ids."""
    before, after = _Telling(old, language), _Telling(new, language)
    was, now = before.entries(), after.entries()
    lines = [Line("removed", before.called(at), before.summary(at), "", pointer(at)) for at in was if _new(at, now)]
    moved = {at for parent in {at[:-1] for at in now} for at in _moved(parent, was, now)}
    for at in now:
        if _new(at, was):
            lines.append(Line("added", after.called(at), "", after.summary(at), pointer(at)))
        elif at in was:
            if at in moved:
                lines.append(Line("moved", after.called(at), before.place(at), after.place(at), pointer(at)))
            lines += _changed(before, after, at)
    return lines


def _new(at: Place, others: Mapping[Place, Any]) -> bool:
    """Return whether an entry is not among the others while what it belongs to is; else that tells of it."""
    return at not in others and (at[:2] == at or at[:2] in others)


def _changed(before: "_Telling", after: "_Telling", at: Place) -> Iterator[Line]:
    was, now = dict(before.leaves(at)), dict(after.leaves(at))
    for leaf in [*was, *(leaf for leaf in now if leaf not in was)]:
        old, new = was.get(leaf, _GONE), now.get(leaf, _GONE)
        if old is _GONE or new is _GONE or canonical(old) != canonical(new):
            change = "added" if old is _GONE else "removed" if new is _GONE else "changed"
            what = f"{after.called(at)}: {after.part(leaf)}"
            yield Line(change, what, before.value(at, leaf, old), after.value(at, leaf, new), pointer((*at, *leaf)))


def _moved(parent: Place, was: Mapping[Place, Any], now: Mapping[Place, Any]) -> set[Place]:
    """Return the fewest entries that stand elsewhere among those in both versions: all but a longest common run."""
    places = {at: place for place, at in enumerate(at for at in was if at[:-1] == parent and at in now)}
    both = [at for at in now if at in places]
    no_run: list[Place] = []
    best: list[list[Place]] = []
    for index, at in enumerate(both):
        runs = [best[prior] for prior in range(index) if places[both[prior]] < places[at]]
        best.append([*max([no_run, *runs], key=len), at])
    longest = max([no_run, *best], key=len)
    return set(both) - set(longest)


@dataclass(frozen=True)
class _Telling:
    """One version in one language."""

    version: Version
    language: str

    def entries(self) -> dict[Place, Mapping[str, Any]]:
        """Return every entry by its place in reading order, `()` being the rule set itself."""
        document = self.version.document
        found: dict[Place, Mapping[str, Any]] = {(): document}
        for section in ("parameters", "facts", "decisions"):
            for key in in_order(document.get(section, {})):
                found[section, key] = document[section][key]
                found |= {(section, key, *at): entry for at, entry in _nested(document[section][key])}
        return found

    def leaves(self, at: Place) -> Iterator[tuple[Place, Any]]:
        """Yield an entry's own values: not those of entries in it, and not where it stands."""
        entries = self.entries()
        for leaf, value in _leaves(entries[at], ()):
            inside = any((*at, *leaf[:length]) in entries for length in range(1, len(leaf) + 1))
            if not inside and (leaf != ("order",) or sort_of(at) == "table"):
                yield leaf, value

    def called(self, at: Place) -> str:
        """Return an entry's name after that of what it is in: "Decision table “Eligibility”, row “All three”"."""
        if not at:
            return say(RULE_SET, self.language)
        entries = self.entries()
        names = [self._named(step, entries[step]) for step in (at[:2], at) if step in entries]
        return ", ".join(dict.fromkeys(names))

    def _named(self, at: Place, entry: Mapping[str, Any]) -> str:
        label = say(entry.get("label") or entry.get("title"), self.language)
        sort = say(SORTS[sort_of(at)], self.language)
        return f"{sort} “{label}”" if label else sort

    def part(self, leaf: Place) -> str:
        return ", ".join(say(PART.get(step, {"en": step}), self.language) for step in leaf)

    def place(self, at: Place) -> str:
        beside = [each for each in self.entries() if each[:-1] == at[:-1]]
        return say(PLACE, self.language).format(beside.index(at) + 1)

    def summary(self, at: Place) -> str:
        """Return what an entry says as a whole: its condition and decision, its value, or how it is worked out."""
        entry = self.entries()[at]
        told = [self.value(at, (key,), entry[key]) for key in ("when", "logic", "value", "decision") if key in entry]
        return " → ".join(told)

    def value(self, at: Place, leaf: Place, value: Any) -> str:
        if value is _GONE:
            return ""
        if leaf[-1] not in _LEAVES or not isinstance(value, dict):
            return plain_value(value, self.language)
        if leaf[-1] == "schema" or "clock" in value:
            return canonical(value)
        entry = self.entries()[at]
        kind = "boolean" if leaf[-1] == "when" else entry.get("type", "any")
        rule = read(value, kind_of(kind))
        return sentence(rule, self.version.names.of_row(entry.get("over", "")), self.language)


def _nested(entry: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Yield the entries inside a fact or a table, in reading order."""
    verify = entry.get("verify", {})
    for at, held in {
        ("verify", "sources"): verify.get("sources", {}),
        ("verify", "options"): verify.get("options", {}),
        ("outcomes",): entry.get("outcomes", {}),
        ("rows",): entry.get("rows", {}),
    }.items():
        yield from (((*at, key), held[key]) for key in in_order(held))
    yield from (((key,), entry[key]) for key in ("otherwise", "when_unknown") if key in entry)


def _leaves(value: Any, at: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, Mapping) and not (at and at[-1] in _LEAVES):
        for key, below in value.items():
            yield from _leaves(below, (*at, str(key)))
    else:
        yield at, value
