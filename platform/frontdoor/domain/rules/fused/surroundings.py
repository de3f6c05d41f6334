"""Spells what a receipt holds besides facts and what follows from them: parameters, the day, the platform's values.

The same texts come again and again, so the last ones are kept.
"""

from collections.abc import Mapping
from typing import Any, Final

from frontdoor.domain.canonical import canonical
from frontdoor.domain.rules.fused.decider import Told
from frontdoor.domain.rules.platform_values import PLATFORM_VALUES
from frontdoor.domain.rules.prepare_inputs import platform_data
from frontdoor.domain.rules.receipt import Snapshot
from frontdoor.domain.rules.situation import Fixed, Provenance, fixed_json, provenance_json

Fixings = tuple[Mapping[str, Fixed], Mapping[str, Mapping[str, Fixed]]]
MOST_TEXTS: Final = 1_024


class Surroundings:
    """Texts for one table and one setting of parameters; `paths` are all names that are read for it."""

    def __init__(self, paths: frozenset[str], parameters: Mapping[str, Any]) -> None:
        self.paths = paths
        self.parameters = canonical(dict(parameters))
        self._supplied = any(
            path != "as_of" and (path == read or path.startswith(f"{read}."))
            for path in paths
            for read in PLATFORM_VALUES
        )
        self._texts: dict[Any, str] = {}
        self._holidays: tuple[list[str], str] = [], "[]"

    def quoted(self, text: str) -> str:
        """Return a text as JSON."""
        return self._kept(text, text)

    def snapshot(self, snapshot: Snapshot) -> str:
        """Return which configuration decided."""
        return self._kept(snapshot, vars(snapshot))

    def situation(self, answers: str, as_of: str, told: Told, fixed: Fixings) -> str:
        """Return all that went in, given the prepared answers and the facts that are fixed, of family and rows."""
        capacity, case, family = self._platform(told) if self._supplied else ("{}", "{}", "{}")
        data = (
            f'{{"answers":{answers},"as_of":"{as_of}","capacity":{capacity},"case":{case}'
            f',"decisions":{self._decisions(told.decisions)},"family":{family}'
            f',"holidays":{self._days(told)},"parameters":{self.parameters}}}'
        )
        facts, rows = (_spelled(fixed[0]), _spelled(fixed[1])) if told.evidence else ("{}", "{}")
        return f'{{"data":{data},"facts":{facts},"row_facts":{rows},"sources":{self._sources(told.sources)}}}'

    def _platform(self, told: Told) -> tuple[str, str, str]:
        supplied = platform_data(told.platform, self.paths)
        return canonical(supplied["capacity"]), canonical(supplied["case"]), canonical(supplied["family"])

    def _decisions(self, decisions: Mapping[str, str]) -> str:
        if not decisions:
            return "{}"
        return self._kept((*decisions.items(),), {code: {"decision": each} for code, each in decisions.items()})

    def _sources(self, sources: Mapping[str, Provenance]) -> str:
        if not sources:
            return "{}"
        return self._kept((*sources.items(),), {form: provenance_json(each) for form, each in sources.items()})

    def _days(self, told: Told) -> str:
        last, text = self._holidays  # read at once: requests run beside each other
        if told.holidays != last:
            last = [*told.holidays]
            text = canonical(last)
            self._holidays = last, text
        return text

    def _kept(self, key: Any, value: Any) -> str:
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= MOST_TEXTS:
                self._texts.clear()
            found = self._texts[key] = canonical(value)
        return found


def _spelled(fixed: Mapping[str, Any]) -> str:
    return canonical(
        {
            key: fixed_json(one) if isinstance(one, Fixed) else {row: fixed_json(each) for row, each in one.items()}
            for key, one in fixed.items()
        }
    )
