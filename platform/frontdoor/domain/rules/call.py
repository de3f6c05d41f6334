"""One operator with its arguments, where it stands in a rule: what the readers of operators are given."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from frontdoor.domain.rules import iterating
from frontdoor.domain.rules.plain import Json, disj
from frontdoor.domain.rules.scopes import Scope, refuse
from frontdoor.domain.rules.terms import Part, Term


@dataclass(frozen=True)
class Call:
    """One operator with its arguments, where it stands."""

    operator: str
    values: list[Json]
    scope: Scope
    at: list[str]
    read: Callable[[Json, Scope, str], Term]

    def terms(self) -> list[Term]:
        """Return the terms of all arguments."""
        return [self.term(index) for index in range(len(self.values))]

    def term(self, index: int) -> Term:
        """Return the term of one argument."""
        return self.read(self.values[index], self.scope, self.at[index])

    def body(self, listed: Term, place: str = "element") -> Term:
        """Return the term of an iterator's test or step, read inside the list of the first argument."""
        scope = self.scope.inner(place, self.scope.path_of(self.values[0]))
        term = self.read(self.values[1], scope, self.at[1])
        for part in listed.parts or ():
            self.fault(iterating.any_fault(part, disj(*scope.faults), place))
        return term

    def fault(self, failing: Json) -> None:
        """Note when this has no result although everything it reads is known."""
        if failing is not False:
            self.scope.faults.append(failing)

    def apart(self, index: int) -> tuple[Term, Json]:
        """Return the term of one argument, and its faults, which count only if it is reached."""
        scope = replace(self.scope, faults=[])
        return self.read(self.values[index], scope, self.at[index]), disj(*scope.faults)

    def parts(self, term: Term, index: int = 0) -> tuple[Part, ...]:
        """Return the parts of an argument that must be a list."""
        if term.parts is None:
            refuse(self.at[index], "not_a_list", f"`{self.operator}` needs a list here")
        return term.parts
