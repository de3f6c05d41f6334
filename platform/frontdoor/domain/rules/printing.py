"""Findings in a reader's words: numbers as they are, dates written out, codes by their labels."""

import json
from collections.abc import Mapping
from typing import Any

from frontdoor.domain.forms import partial_dates
from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.table import Fact
from frontdoor.domain.text import Text, say

_WORDS: Mapping[str, Text] = {
    "true": {"en": "yes", "cy": "ydy"},
    "false": {"en": "no", "cy": "nac ydy"},
    "unknown": {"en": "not known", "cy": "ddim yn hysbys"},
    "none": {"en": "none", "cy": "dim"},
    "between": {"en": "between {low} and {high}", "cy": "rhwng {low} a {high}"},
    "at least": {"en": "at least {low}", "cy": "o leiaf {low}"},
    "at most": {"en": "at most {high}", "cy": "{high} ar y mwyaf"},
    "perhaps more": {"en": "{list}, perhaps more", "cy": "{list}, efallai mwy"},
}


def nothing(language: str) -> str:
    """Return the word for nothing at all, in a list or in the place of a value."""
    return say(_WORDS["none"], language)


def bare(finding: Finding) -> str:
    """Return a finding as worked examples print it: true, false, null, numbers as JSON, texts bare."""
    if not finding.known or finding.none:
        return "null"
    return finding.value if isinstance(finding.value, str) else json.dumps(finding.value, ensure_ascii=False)


def printed(finding: Finding, fact: Fact | None = None, language: str = "") -> str:
    """Return a finding as a reader sees it; without a language as worked examples print it.

    Codes are printed by the labels that the fact has for them.
    """
    if not language:
        return bare(finding)
    if finding.none:
        return nothing(language)
    if finding.value is None:
        return _open(finding, language)
    if finding.value == [] and not finding.complete:
        return say(_WORDS["unknown"], language)
    words = _value(finding.value, fact, language)
    return words if finding.complete else say(_WORDS["perhaps more"], language).replace("{list}", words)


def _open(finding: Finding, language: str) -> str:
    high = finding.high is not None
    low = finding.low is not None and (high or finding.low != 0)  # "at least 0" says nothing of a count
    key = "between" if low and high else "at least" if low else "at most" if high else "unknown"
    words = say(_WORDS[key], language)
    return words.replace("{low}", _value(finding.low, None, language)).replace(
        "{high}", _value(finding.high, None, language)
    )


def _value(value: Any, fact: Fact | None, language: str) -> str:
    if isinstance(value, bool):
        return say(_WORDS["true" if value else "false"], language)
    if isinstance(value, list):
        return ", ".join(_value(each, fact, language) for each in value) or nothing(language)
    if isinstance(value, dict):
        return str(value.get("id", ""))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if fact and isinstance(value, str) and value in fact.labels:
        return say(fact.labels[value], language) or value
    if isinstance(value, str) and partial_dates.day(value):
        return partial_dates.shown(value, language)
    return "" if value is None else str(value)
