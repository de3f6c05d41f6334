"""What may be known of a value that is not given yet: `prepare.Finding`, with a formula for each thing it says."""

from dataclasses import dataclass

from frontdoor.domain.rules.prepare import EMPTY
from frontdoor.domain.rules.symbolic.formulas import FALSE, TRUE, Formula, choose, either, negated
from frontdoor.domain.rules.symbolic.values import NULL, NULL_VALUE, Codes, Value, chosen, constant, only, truth


@dataclass(frozen=True, eq=False)
class OpenFinding:
    """`value`, `low` and `high` are null where a finding has none; `none` and `complete` as of a finding."""

    value: Value = NULL_VALUE
    none: Formula = FALSE
    low: Value = NULL_VALUE
    high: Value = NULL_VALUE
    complete: Formula = TRUE

    @property
    def known(self) -> Formula:
        """When nothing about it is open."""
        return either(self.none, choose(self.complete, negated(self.value.when(NULL)), FALSE))


UNKNOWN = OpenFinding()


def empty(kind: str, codes: Codes) -> OpenFinding:
    """Return what is known to be empty."""
    return OpenFinding(constant(EMPTY[kind], codes)) if kind in EMPTY else OpenFinding(none=TRUE)


def either_finding(test: Formula, yes: OpenFinding, no: OpenFinding) -> OpenFinding:
    """Return one of two findings."""
    return OpenFinding(
        chosen(test, yes.value, no.value),
        choose(test, yes.none, no.none),
        chosen(test, yes.low, no.low),
        chosen(test, yes.high, no.high),
        choose(test, yes.complete, no.complete),
    )


def place(target: dict[str, Value], key: str, finding: OpenFinding) -> None:
    """Write a finding with its companions at `key`, as prepared data has them."""
    target[key] = finding.value
    target["!" + key] = only(finding.none, truth(TRUE))
    target["<" + key] = finding.low
    target[">" + key] = finding.high
    target["+" + key] = only(negated(finding.complete), truth(TRUE))
