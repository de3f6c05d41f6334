"""What one evaluation may spend: steps, text, elements. A stored rule is hostile until proven.

A rule has no loops but its iterators, so a rule without iterators and large values costs nothing to meter.
Everything here counts and nothing reads a clock: the same rule on the same facts always stops at the same place.
"""

from typing import Any, NoReturn

from frontdoor.domain.errors import RuleFailed

STEPS = 1_000_000  # operators run inside iterators, plus a charge for long text and lists
TEXT = 1_000_000  # characters in one text that a rule builds
ELEMENTS = 100_000  # elements in one list that a rule builds
ANSWER = 4_000_000  # elements and characters in the whole answer, shared parts counted each time they appear


class Run:
    """One evaluation: the facts it was given and the steps it has left."""

    __slots__ = ("data", "holidays", "nested", "plain", "steps")

    def __init__(self, data: Any) -> None:
        self.data = data
        self.steps = STEPS
        self.nested = 0  # how deep in rules that the data hold
        self.plain: dict[int, dict[str, Any]] = {}
        self.holidays: frozenset[int] | bool | None = False  # False: not read yet; None: they cannot be read

    def spend(self, steps: int) -> None:
        """Take `steps` from what is left.

        Raises:
            RuleFailed: nothing is left.
        """
        self.steps -= steps
        if self.steps < 0:
            out_of_steps()

    def plain_object(self, number: int) -> dict[str, Any]:
        """Return the object that the literal `{}` number `number` stands for: the same one all through this run."""
        return self.plain.setdefault(number, {})


def out_of_steps() -> NoReturn:
    """Stop a rule that repeats too much."""
    raise RuleFailed(f"The rule was stopped after {STEPS:,} steps: repeat over shorter lists")


def text_too_long() -> NoReturn:
    """Stop a rule before it builds a huge text."""
    raise RuleFailed(f"The rule was stopped: it builds a text of more than {TEXT:,} characters")


def list_too_long() -> NoReturn:
    """Stop a rule before it builds a huge list."""
    raise RuleFailed(f"The rule was stopped: it builds a list of more than {ELEMENTS:,} elements")


def answer_too_large() -> NoReturn:
    """Stop a rule whose answer would not fit a page, a record or a line."""
    raise RuleFailed(f"The rule was stopped: its answer holds more than {ANSWER:,} elements and characters")
