"""A change to one authority's configuration: edited by some, approved by somebody else, published as a snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from frontdoor.domain.canonical import digest
from frontdoor.domain.errors import NotAllowed, WrongState

STATES = ("draft", "checked", "submitted", "approved", "published", "withdrawn")
OPEN = ("draft", "checked", "submitted", "approved")
_EDITING = frozenset(
    {
        "begun",
        "edited",
        "edited_families",
        "edited_forms",
        "edited_rules",
        "emergency",
        "redone",
        "roll_back",
        "settled",
        "undone",
    }
)


@dataclass(frozen=True)
class Edit:
    """One value replaced: a pointer into the tree, the value before and after, and why."""

    pointer: str
    was: Any
    value: Any
    because: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Batch:
    """One step of editing, so that it can be undone and done again: the edits it took out and those it put in."""

    out: tuple[Edit, ...]
    put: tuple[Edit, ...]


@dataclass(frozen=True)
class CheckReport:
    """What the checks said of the draft: static problems, worked examples, and who would be decided differently.

    `compared` counts the answers that a second engine was asked for as well; `opinions` are the documented classes in
    which it differed, each `{kind, where, name, count}`, for whoever submits the change to acknowledge. A difference of
    no documented class is among `problems`.

    `proofs` is what a solver found in each table that the change touches: `{decision, findings, differences, compared,
    not_proved, disagreements, bounds}`, findings and differences each `{kind, rows, covered_by, sure, blocks, told}`.
    `proving` are the tables that need longer than a page may take; the job `proof_job` is at them.
    `reaches` are the decisions that may come out otherwise, `deciding` a digest of all that these then depend on.

    `families_failed` are the test families that are not as expected, each `{key, label, differences}`, a difference
    `{kind, about, expected, says}` in English.
    """

    at: datetime
    problems: tuple[str, ...]
    examples_passed: int
    examples_failed: tuple[str, ...]
    replayed: int = 0
    moved: tuple[Mapping[str, Any], ...] = ()
    compared: int = 0
    opinions: tuple[Mapping[str, Any], ...] = ()
    proofs: tuple[Mapping[str, Any], ...] = ()
    proving: tuple[str, ...] = ()
    proof_job: str = ""
    reaches: tuple[str, ...] = ()
    deciding: str = ""
    families_passed: int = 0
    families_failed: tuple[Mapping[str, Any], ...] = ()

    @property
    def green(self) -> bool:
        """Whether nothing stands against approval. What could not be proved in time does not; what still runs does."""
        failed = self.examples_failed or self.families_failed
        return not (self.problems or failed or self.blocking or self.proving)

    @property
    def blocking(self) -> tuple[Mapping[str, Any], ...]:
        """What a solver found that may not go live: rows that are never true, never decide or contradict each other."""
        return tuple(finding for proof in self.proofs for finding in proof["findings"] if finding["blocks"])

    @property
    def to_acknowledge(self) -> frozenset[str]:
        """The classes in which a second engine differed."""
        return frozenset(str(opinion["kind"]) for opinion in self.opinions)


@dataclass(frozen=True)
class Step:
    """One step of the journey, for the history."""

    at: datetime
    by: str
    by_name: str
    what: str
    note: str = ""


@dataclass(frozen=True)
class Change:
    """A set of edits for one (authority, programme), published together or not at all.

    `base` is the number of the snapshot that its edits stand on. `from_at` is the instant from which the published
    snapshot is live. `kind` is `change`, `release` (a newer shipped version), `emergency` (words, contact numbers) or
    `roll_back`. `batches` are the last steps of editing, `undone` those taken back, the latest last.
    `simulation` is what the threshold lab showed when it was begun there; `screening` the answers about equality and
    data protection, with digests of the `edits` and of what was `deciding` when they were given.
    """

    id: str
    authority: str
    programme: str
    title: str
    kind: str
    state: str
    base: int
    created_at: datetime
    created_by: str
    edits: tuple[Edit, ...] = ()
    report: CheckReport | None = None
    submitted_by: str | None = None
    approved_by: str | None = None
    approved_name: str | None = None
    from_at: datetime | None = None
    published: int | None = None
    review_due_at: datetime | None = None
    reviewed_by: str | None = None
    steps: tuple[Step, ...] = ()
    batches: tuple[Batch, ...] = ()
    undone: tuple[Batch, ...] = ()
    simulation: Mapping[str, Any] = field(default_factory=dict)
    screening: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 0

    @property
    def edits_digest(self) -> str:
        """A digest of the values that it sets: what was answered for others has to be answered again."""
        return digest({edit.pointer: edit.value for edit in self.edits})

    @property
    def to_screen(self) -> bool:
        """Whether the questions of equality and data protection are open, which a change of any decision must answer.

        What the change reaches is known once it is checked; a change from the lab is asked from the beginning.
        """
        reaches = self.report is not None and bool(self.report.reaches)
        return (reaches or bool(self.simulation)) and not self._screened

    @property
    def _screened(self) -> bool:
        """Whether the answers are about what the change does now; what a release brings is no edit of anybody's."""
        deciding = self.report.deciding if self.report is not None else ""
        if deciding and self.screening.get("deciding") == deciding:
            return True
        return self.kind != "release" and self.screening.get("edits") == self.edits_digest

    @property
    def editors(self) -> frozenset[str]:
        """Accounts that began or edited the change, also where somebody else has since overwritten their edit."""
        return frozenset(
            {
                self.created_by,
                *(edit.by for edit in self.edits),
                *(step.by for step in self.steps if step.what in _EDITING),
            }
        )

    @property
    def is_open(self) -> bool:
        """Whether the change is still on its way."""
        return self.state in OPEN

    @property
    def alone(self) -> bool:
        """Whether one person published it, because nobody else in the authority may approve; always shown."""
        return any(step.what == "published_alone" for step in self.steps)

    @property
    def to_review(self) -> bool:
        """Whether it was published at once and waits for a second person's countersignature."""
        return self.review_due_at is not None and self.reviewed_by is None

    def may_be_approved_by(self, account: str) -> None:
        """Raise unless `account` is somebody who neither edited nor submitted the change.

        Source: DESIGN section 4, "Change".
        """
        if self.state != "submitted":
            raise WrongState("Only a submitted change can be approved. Check it and submit it first.")
        if account in self.editors or account == self.submitted_by:
            raise NotAllowed("You edited or submitted this change, so somebody else has to approve it.")


@dataclass(frozen=True)
class Snapshot:
    """A published configuration: flat, immutable, numbered and hashed; live from `live_from`.

    `tree` is the resolved configuration, `origins` maps a JSON pointer to who set the value and why, `policies` an
    owner to what it lets nobody change, `edits` are the authority's own edits since the shipped release (for `export`),
    `shipped_digest` that release's own digest.
    """

    authority: str
    programme: str
    number: int
    digest: str
    tree: Mapping[str, Any]
    live_from: datetime
    published_at: datetime
    published_by: str
    because: str
    origins: Mapping[str, Any] = field(default_factory=dict)
    policies: Mapping[str, Any] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    release: str = ""
    shipped_digest: str = ""
    change: str | None = None
    same_as: int | None = None
