"""Repeating groups laid out row by row, and objects whose values are worked out only when a rule reads them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from frontdoor.domain.forms.questions import Question
from frontdoor.domain.rules.symbolic.formulas import Formula, below, both, number
from frontdoor.domain.rules.symbolic.values import Value


class Lazy(Mapping[str, Value]):
    """An object whose values are worked out when they are read."""

    def __init__(self, names: Mapping[str, Callable[[], Value]]) -> None:
        self._names = names
        self._known: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._known:
            self._known[name] = self._names[name]()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True)
class Group:
    """A repeating group unrolled: how many rows there are, `given` unless it is blank, and what each row is called."""

    question: Question
    given: Formula
    count: Formula
    rows: tuple[str, ...]

    def there(self, place: int) -> Formula:
        """Return when there is a row at this place, counted from 0."""
        return both(self.given, below(number(place), self.count))
