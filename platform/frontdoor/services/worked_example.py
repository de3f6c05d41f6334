"""A worked example, and what came of some."""

from dataclasses import dataclass

from frontdoor.services.bench import Values


@dataclass(frozen=True)
class Example:
    """One worked example: what `rule` of `pack` says of `facts`, to the letter. A fact that is null is unknown."""

    id: str
    pack: str
    rule: str
    facts: Values
    expect: str
    why: str = ""


@dataclass(frozen=True)
class Tally:
    """What came of some examples: a line for each failure, and the rules that nothing could be found for.

    `slips` are lines about those of them that were asked for by a name that nothing has.
    """

    passed: int = 0
    failures: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()

    @property
    def green(self) -> bool:
        """Whether every example passed and every rule was found."""
        return not self.failures and not self.unknown

    def __str__(self) -> str:
        """Return `N passed, M failed, K unknown rules: …`."""
        counts = f"{self.passed} passed, {len(self.failures)} failed, {len(self.unknown)} unknown rules"
        return f"{counts}: {', '.join(self.unknown)}" if self.unknown else counts
