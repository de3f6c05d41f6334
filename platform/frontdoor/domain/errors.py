"""What can go wrong, in words. `web/errors.py` turns each into a page or an API problem.

Every message says what to do next and repeats nothing that a person typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to put right, where it is and what to do.

    `where` is a JSON pointer into the document or the answers (`/members/m1/dob`), `""` for the whole.
    `code` is stable and machine-readable (`required`, `unknown_operator`); `file` only for shipped documents.
    """

    where: str
    code: str
    message: str
    file: str = ""

    def __str__(self) -> str:
        """Return `file#/pointer: message`, the shape that `frontdoor check` prints."""
        return f"{self.file}#{self.where}: {self.message}"


class FrontDoorError(Exception):
    """Whatever Front Door refuses or cannot do. `code` is stable, the message is for the reader."""

    code = "error"

    def __init__(self, message: str, *, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)


class NotFound(FrontDoorError):
    """There is no such thing, or this viewer may not know that there is."""

    code = "not_found"


class NotAllowed(FrontDoorError):
    """The viewer is known but may not do this."""

    code = "not_allowed"


class AnswersRejected(FrontDoorError):
    """Answers that break the form's own words; `problems` lists every one, in the order of the form."""

    code = "answers_rejected"


class DocumentRejected(FrontDoorError):
    """A form, rule set, overlay or other configuration document that must not be stored or published."""

    code = "document_rejected"


class RuleRefused(FrontDoorError):
    """A rule that may not be stored or run: unknown operator, wrong shape, too large, too deep."""

    code = "rule_refused"


class RuleFailed(FrontDoorError):
    """A rule that was stopped while it ran: fuel or size ran out, or the result is no finite number."""

    code = "rule_failed"


class Conflict(FrontDoorError):
    """Somebody else changed the record first; `theirs` and `mine` are shown side by side, nothing is lost."""

    code = "conflict"

    def __init__(self, message: str, *, theirs: object = None, mine: object = None) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.mine = mine


class WrongState(FrontDoorError):
    """The step is known but not possible now; the message names the step that comes first."""

    code = "wrong_state"


class TooMany(FrontDoorError):
    """Too many tries in a row; the message says when to try again."""

    code = "too_many"
