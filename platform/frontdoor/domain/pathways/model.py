"""The pathway of a programme: what happens on receipt, its stages, the ways out, events and letters. All of it data.

Logic is handed in compiled: exits read `decisions.CODE.decision` (confirmed ones only), `facts`, `case` and `as_of`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.errors import NotFound
from frontdoor.domain.rules.engine import truthy
from frontdoor.domain.text import Text

Evaluate = Callable[[Any], Any]
Compile = Callable[[Any], Evaluate]


@dataclass(frozen=True)
class Screen:
    """The safeguarding screen of the intake form: every answer of `question` but those in `clear` raises a task.

    `gravity` is greater for what is graver; `words` are the questions whose answers duty reads.
    """

    question: str
    clear: frozenset[str]
    gravity: Mapping[str, int]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Intake:
    """What happens on receipt, and what the intake form's questions mean: no question id is known to the code.

    `subject`, `agreement` and `referrer` name questions by what they hold; `told_as` says which answers mean that the
    family was told, and which that it was not; `release_clock` says when a referrer may be told, `""` at once.
    """

    form: str
    decisions: tuple[str, ...]
    duty_role: str
    duty_clock: str
    escalate_to: str
    team: str
    screen: Screen
    release_clock: str = ""
    subject: Mapping[str, Any] = field(default_factory=dict)
    agreement: Mapping[str, str] = field(default_factory=dict)
    told_as: Mapping[str, bool] = field(default_factory=dict)
    referrer: Mapping[str, str] = field(default_factory=dict)
    lawful_basis: str = ""


@dataclass(frozen=True)
class PathwayEvent:
    """Something that can happen. `on` says what makes it happen; the other fields narrow it, `""` for any."""

    id: str
    label: Text
    on: str
    decision: str = ""
    stage: str = ""
    form: str = ""

    def matches(
        self, on: str, *, decision: str | None = None, stage: str | None = None, form: str | None = None
    ) -> bool:
        """Return whether `on` (received, confirmed …) about this decision, stage or form is this event."""
        pairs = ((self.decision, decision), (self.stage, stage), (self.form, form))
        return self.on == on and all(not wanted or wanted == given for wanted, given in pairs)


@dataclass(frozen=True)
class StageForm:
    """A form that a role completes in a stage; `clock` is the code of the clock that it answers, `""` for none."""

    form: str
    role: str
    required: bool = False
    repeats: bool = False
    clock: str = ""


@dataclass(frozen=True)
class Exit:
    """One way out of a stage, guarded by logic."""

    id: str
    to: str
    label: Text
    when: Any
    evaluate: Evaluate = field(compare=False, repr=False)


@dataclass(frozen=True)
class Stage:
    """One stage: who leads it, what is done in it, and the ways out in the order in which they are tried."""

    id: str
    label: Text
    lead: str
    team: str = ""
    terminal: bool = False
    opens_episode: bool = False
    closes_episode: bool = False
    forms: Mapping[str, StageForm] = field(default_factory=dict)
    decisions: tuple[str, ...] = ()
    exits: tuple[Exit, ...] = ()


@dataclass(frozen=True)
class Letter:
    """The words of a letter; `subject` and `body` are templates for the sandbox. `name` is its file's."""

    name: str
    title: Text
    subject: Text
    body: Text
    channel: str
    audience: str


@dataclass(frozen=True)
class PathwayLetter:
    """A letter that is drafted when an event happens; `to` is referrer or family."""

    id: str
    letter: Letter
    on: str
    to: str


@dataclass(frozen=True)
class Pathway:
    """A whole pathway; mappings are in their order, and the first stage is where a nomination arrives."""

    intake: Intake
    events: Mapping[str, PathwayEvent]
    stages: Mapping[str, Stage]
    letters: tuple[PathwayLetter, ...] = ()
    tracker: Mapping[str, Text] = field(default_factory=dict)

    @property
    def first_stage(self) -> Stage:
        """Return the stage where a nomination arrives."""
        return next(iter(self.stages.values()))

    def stage(self, stage_id: str) -> Stage:
        """Return one stage; NotFound when the pathway has none of that id."""
        if stage_id not in self.stages:
            raise NotFound("This pathway has no such stage. Move the case to a stage that is shown.")
        return self.stages[stage_id]

    def next_exit(self, stage_id: str, data: Mapping[str, Any]) -> Exit | None:
        """Return the first way out whose logic is true of `data`, or None: then the case stays.

        `data` holds `decisions`, `facts`, `case` and `as_of`. NotFound for an unknown stage; RuleFailed where logic
        cannot be worked out.
        """
        return next((way for way in self.stage(stage_id).exits if truthy(way.evaluate(data))), None)

    def letters_on(self, event: str) -> tuple[PathwayLetter, ...]:
        """Return the letters that an event drafts."""
        return tuple(letter for letter in self.letters if letter.on == event)

    def letter_for(self, occasion: str) -> Letter | None:
        """Return what a referrer is written when something is `received`, `decided` or asked back (`question`)."""
        on = {"decided": "confirmed", "question": "asked"}.get(occasion, occasion)
        events = {event.id for event in self.events.values() if event.on == on}
        return next((one.letter for one in self.letters if one.to == "referrer" and one.on in events), None)

    def tells(self, decision: str) -> bool:
        """Return whether the referrer is written to when this decision is confirmed."""
        events = {event.id for event in self.events.values() if event.matches("confirmed", decision=decision)}
        return any(letter.to == "referrer" and letter.on in events for letter in self.letters)


def parse_pathway(document: Mapping[str, Any], compile_logic: Compile, letters: Mapping[str, Letter]) -> Pathway:
    """Return the pathway of a document that has passed its meta-schema; `letters` are keyed by their names.

    RuleRefused where logic cannot be compiled. A letter that is not among `letters` is left out: the checks, which
    see the whole tree, say which.
    """
    posted = document.get("letters", {})
    return Pathway(
        intake=_intake(document["intake"]),
        events={key: _event(key, document["events"][key]) for key in _ordered(document["events"])},
        stages={key: _stage(key, document["stages"][key], compile_logic) for key in _ordered(document["stages"])},
        letters=tuple(
            PathwayLetter(key, letters[posted[key]["letter"]], posted[key]["on"], posted[key]["to"])
            for key in _ordered(posted)
            if posted[key]["letter"] in letters
        ),
        tracker=dict(document.get("tracker", {})),
    )


def _intake(entry: Mapping[str, Any]) -> Intake:
    screen, agreement = entry["screen"], dict(entry.get("agreement", {}))
    return Intake(
        form=entry["form"],
        decisions=_ordered(entry.get("decisions", {})),
        duty_role=entry["duty_role"],
        duty_clock=entry["duty_clock"],
        escalate_to=entry["escalate_to"],
        team=entry["team"],
        screen=Screen(
            screen["question"], frozenset(screen["clear"]), dict(screen["gravity"]), _ordered(screen.get("words", {}))
        ),
        release_clock=entry.get("release", {}).get("clock", ""),
        subject=dict(entry.get("subject", {})),
        told_as=dict(agreement.pop("told_as", {})),
        agreement=agreement,
        referrer=dict(entry.get("referrer", {})),
        lawful_basis=entry.get("lawful_basis", ""),
    )


def _ordered(entries: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted(entries, key=lambda key: (entries[key].get("order", 0), key)))


def _event(key: str, entry: Mapping[str, Any]) -> PathwayEvent:
    narrowed = {name: entry[name] for name in ("decision", "stage", "form") if name in entry}
    return PathwayEvent(key, entry["label"], entry["on"], **narrowed)


def _stage(key: str, entry: Mapping[str, Any], compile_logic: Compile) -> Stage:
    forms, exits = entry.get("forms", {}), entry.get("exits", {})
    return Stage(
        id=key,
        label=entry["label"],
        lead=entry["lead"],
        team=entry.get("team", ""),
        terminal=entry.get("terminal", False),
        opens_episode=entry.get("opens_episode", False),
        closes_episode=entry.get("closes_episode", False),
        forms={form: _stage_form(form, forms[form]) for form in _ordered(forms)},
        decisions=_ordered(entry.get("decisions", {})),
        exits=tuple(_exit(way, exits[way], compile_logic) for way in _ordered(exits)),
    )


def _stage_form(form: str, entry: Mapping[str, Any]) -> StageForm:
    required, repeats = entry.get("required", False), entry.get("repeats", False)
    return StageForm(form, entry["role"], required, repeats, entry.get("clock", ""))


def _exit(key: str, entry: Mapping[str, Any], compile_logic: Compile) -> Exit:
    return Exit(key, entry["to"], entry["label"], entry["when"], compile_logic(entry["when"]))
