"""What the owner of a document lets later layers change in it. Source: DESIGN section 4, DOMAIN C5 (5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import Path, canonical, find, path, pointer
from frontdoor.domain.errors import DocumentRejected, Problem

MISSING: Any = object()
_LIMITS = frozenset({"min", "max", "one_of"})


@dataclass(frozen=True)
class Step:
    """One change at one place; `new` is MISSING where the key is switched off, `old` where there was none."""

    at: Path
    old: Any
    new: Any


@dataclass(frozen=True)
class Policy:
    """What later layers may do: `{pointer: "locked" | "add_only" | "bounded" | {"bounded": {min?, max?, one_of?}}}`.

    Each rule holds for the whole subtree, and against replacing anything above it. `locked`: nothing below may be
    named. `add_only`: keys may be added, what is there stays. `bounded`: only a `value` may change, within the
    `bounds` beside it (`options` for `one_of`), each element of a list by itself; with limits of its own, only the
    value at the pointer, or its `value`. Where several rules meet, all hold.
    """

    owner: str
    rules: Mapping[str, Any]

    def __post_init__(self) -> None:
        problems = [
            Problem(
                at, "policy", "Write a JSON pointer with locked, add_only, bounded or {bounded: {min, max, one_of}}"
            )
            for at, rule in self.rules.items()
            if path(at) is None or not _is_rule(rule)
        ]
        if problems:
            raise DocumentRejected("This policy cannot be used until it is put right", problems=problems)

    def forbids(self, step: Step, document: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield a problem for each rule that keeps `step` from being made to `document`."""
        for kept, rule in self.rules.items():
            if not _allowed(rule, path(kept) or (), step, document):
                code = rule if isinstance(rule, str) else "bounded"
                what = code.replace("_", " ")
                way = "write a `value` inside its `bounds`" if code == "bounded" else "take this out"
                message = f"`{kept}` is {what} by {self.owner}: {way}, or ask them to change it"
                yield Problem("/changes" + pointer(step.at), code, message)


def _allowed(rule: Any, kept: Path, step: Step, document: Mapping[str, Any]) -> bool:
    if step.at[: len(kept)] == kept:
        if rule == "locked":
            return False
        if rule == "add_only":
            return step.old is MISSING or _same(step.old, step.new)
        return _within(rule, step, step.at[len(kept) :], document)
    if kept[: len(step.at)] == step.at:  # the whole branch around `kept` goes
        below = kept[len(step.at) :]
        untouched = find(step.old, below, MISSING) is MISSING
        return untouched and (rule == "add_only" or find(step.new, below, MISSING) is MISSING)
    return True


def _within(rule: Any, step: Step, below: Path, document: Mapping[str, Any]) -> bool:
    if step.new is MISSING or isinstance(step.old, Mapping):
        return False
    if rule != "bounded":
        return below in ((), ("value",)) and _fits(step.new, rule["bounded"])
    limits = find(document, (*step.at[:-1], "bounds"), None)
    if step.at[-1] != "value" or not limits:
        return False
    if isinstance(step.old, list) != isinstance(step.new, list):
        return False
    return _fits(step.new, limits) or (isinstance(step.new, list) and all(_fits(one, limits) for one in step.new))


def _fits(value: Any, limits: Mapping[str, Any]) -> bool:
    choices = limits.get("one_of", limits.get("options"))
    if choices is not None and not any(_same(value, one) for one in choices):
        return False
    if not {"min", "max"} & limits.keys():
        return True
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and bool(limits.get("min", value) <= value <= limits.get("max", value))


def _same(one: Any, other: Any) -> bool:
    return one is not MISSING and other is not MISSING and canonical(one) == canonical(other)


def _is_rule(rule: Any) -> bool:
    if isinstance(rule, str):
        return rule in ("locked", "add_only", "bounded")
    limits = rule.get("bounded") if isinstance(rule, Mapping) and len(rule) == 1 else None
    return isinstance(limits, Mapping) and bool(limits) and limits.keys() <= _LIMITS
