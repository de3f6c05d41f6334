"""The pathway, clocks, roles and teams: that what they name exists, every stage is reached and somebody leads it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from frontdoor.domain.access import PERMISSIONS
from frontdoor.domain.errors import Problem
from frontdoor.domain.schemas import did_you_mean
from frontdoor.services.checks import rule_sets
from frontdoor.services.checks.names import Names

Document = Mapping[str, Any]
_AT = "/rules/pathway"
# What the tracker tells a referrer when it speaks of steps instead of stages.
_STEPS = ("received", "question", "replied", "decided")
# What makes an event happen, and the key that narrows it.
_NARROWED = {"confirmed": "decision", "entered": "stage", "completed": "form"}


def check(names: Names) -> Iterator[Problem]:
    """Yield every problem of the documents that say what happens when, and who does it."""
    rules = names.tree.get("rules", {})
    yield from _roles(rules.get("roles", {}).get("roles", {}))
    pathway = rules.get("pathway")
    if pathway is None:
        return
    known = _Known(names, pathway)
    yield from _intake(pathway.get("intake", {}), known)
    yield from _events(pathway.get("events", {}), known)
    for key, stage in pathway.get("stages", {}).items():
        yield from _stage(key, stage, known)
    yield from _reached(pathway.get("stages", {}))
    yield from _letters(pathway.get("letters", {}), known)
    yield from _tracker(pathway.get("tracker", {}), pathway.get("stages", {}))
    yield from _clocks(rules.get("clocks", {}).get("clocks", {}), known)


class _Known:
    """The ids that the pathway may name, and the problem of naming another."""

    def __init__(self, names: Names, pathway: Document) -> None:
        rules = names.tree.get("rules", {})
        self.names = names
        self.themes: Document = names.tree.get("themes", {})
        self.ids: dict[str, Iterable[str]] = {
            "role": rules.get("roles", {}).get("roles", {}),
            "team": rules.get("teams", {}).get("teams", {}),
            "clock": rules.get("clocks", {}).get("clocks", {}),
            "event": pathway.get("events", {}),
            "stage": pathway.get("stages", {}),
            "decision": names.decisions,
            "form": names.forms,
            "parameter": names.parameters,
        }

    def lacks(self, what: str, value: Any, where: str) -> Iterator[Problem]:
        """Yield a problem unless there is a role, team … of this id."""
        known = list(self.ids[what])
        if value not in known:
            near = did_you_mean(str(value), known)
            yield Problem(where, f"unknown_{what}", f"There is no {what} `{value}`{near}")


def _roles(roles: Document) -> Iterator[Problem]:
    for key, role in roles.items():
        for permission in role.get("may", {}):
            if permission not in PERMISSIONS:
                near = did_you_mean(permission, sorted(PERMISSIONS))
                where = f"/rules/roles/roles/{key}/may/{permission}"
                yield Problem(where, "unknown_permission", f"There is no permission `{permission}`{near}")


def _intake(intake: Document, known: _Known) -> Iterator[Problem]:
    at = f"{_AT}/intake"
    pairs = {"form": "form", "duty_role": "role", "escalate_to": "role", "team": "team", "duty_clock": "clock"}
    for key, what in pairs.items():
        if key in intake:
            yield from known.lacks(what, intake[key], f"{at}/{key}")
    if "release" in intake:
        yield from known.lacks("clock", intake["release"].get("clock"), f"{at}/release/clock")
    for code in intake.get("decisions", {}):
        yield from known.lacks("decision", code, f"{at}/decisions/{code}")
    form = known.names.forms.get(str(intake.get("form")))
    if form is not None:
        yield from _meanings(intake, form, at)
        yield from _told(intake.get("agreement", {}), form, f"{at}/agreement", known)
        yield from _screen(intake.get("screen", {}), form, f"{at}/screen", known)


def _meanings(intake: Document, form: Document, at: str) -> Iterator[Problem]:
    """Yield a problem for each question that the intake gives a meaning to and the form does not ask."""
    questions = form.get("questions", {})
    subject = dict(intake.get("subject", {}))
    rows = questions.get(str(subject.get("members", "")), {}).get("questions", {})
    of_row = {key: subject.pop(key) for key in ("given_name", "family_name", "dob") if key in subject}
    of_row |= {f"identifiers/{kind}": name for kind, name in subject.pop("identifiers", {}).items()}
    wanted = [(f"{at}/subject/{key}", name, rows) for key, name in of_row.items()]
    wanted += [(f"{at}/subject/{key}", name, questions) for key, name in subject.items()]
    for part in ("agreement", "referrer"):
        named = {key: name for key, name in intake.get(part, {}).items() if key != "told_as"}
        wanted += [(f"{at}/{part}/{key}", name, questions) for key, name in named.items()]
    for where, name, known in wanted:
        if name not in known:
            near = did_you_mean(str(name), sorted(known))
            yield Problem(where, "unknown_question", f"The intake form has no question `{name}` there{near}")


def _told(agreement: Document, form: Document, at: str, known: _Known) -> Iterator[Problem]:
    """Yield a problem for each answer that is said to mean told, or not told, and that nobody can give."""
    codes = known.names.options(form.get("questions", {}).get(str(agreement.get("told"))))
    for code in sorted(set(agreement.get("told_as", {})) - (codes or frozenset())):
        message = f"That question has no answer `{code}`{did_you_mean(code, sorted(codes or ()))}"
        yield Problem(f"{at}/told_as/{code}", "unknown_code", message)


def _screen(screen: Document, form: Document, at: str, known: _Known) -> Iterator[Problem]:
    questions = form.get("questions", {})
    named = {f"{at}/words/{word}": word for word in screen.get("words", {})}
    for where, name in {f"{at}/question": screen.get("question"), **named}.items():
        if name not in questions:
            near = did_you_mean(str(name), sorted(questions))
            yield Problem(where, "unknown_question", f"The intake form has no question `{name}`{near}")
    codes = known.names.options(questions.get(str(screen.get("question"))))
    if codes is None:
        return
    graded = {**screen.get("clear", {}), **screen.get("gravity", {})}
    for code in sorted(set(graded) - codes):
        message = f"The screen has no answer `{code}`{did_you_mean(code, sorted(codes))}"
        yield Problem(
            f"{at}/{'clear' if code in screen.get('clear', {}) else 'gravity'}/{code}", "unknown_code", message
        )
    for code in sorted(codes - set(graded)):
        yield Problem(f"{at}/gravity", "ungraded", f"Say how grave the answer `{code}` is, or put it under `clear`")


def _events(events: Document, known: _Known) -> Iterator[Problem]:
    for key, event in events.items():
        at = f"{_AT}/events/{key}"
        for what in ("decision", "stage", "form"):
            if what in event:
                yield from known.lacks(what, event[what], f"{at}/{what}")
        narrowing = _NARROWED.get(event.get("on", ""))
        if narrowing and narrowing not in event:
            yield Problem(at, f"no_{narrowing}", f"Say which {narrowing}: an event on `{event['on']}` names one")


def _stage(key: str, stage: Document, known: _Known) -> Iterator[Problem]:
    at = f"{_AT}/stages/{key}"
    yield from known.lacks("role", stage.get("lead"), f"{at}/lead")
    if "team" in stage:
        yield from known.lacks("team", stage["team"], f"{at}/team")
    for form, use in stage.get("forms", {}).items():
        yield from known.lacks("form", form, f"{at}/forms/{form}")
        yield from known.lacks("role", use.get("role"), f"{at}/forms/{form}/role")
        if "clock" in use:
            yield from known.lacks("clock", use["clock"], f"{at}/forms/{form}/clock")
    for code in stage.get("decisions", {}):
        yield from known.lacks("decision", code, f"{at}/decisions/{code}")
    for way, exit_ in stage.get("exits", {}).items():
        yield from known.lacks("stage", exit_.get("to"), f"{at}/exits/{way}/to")
        yield from rule_sets.logic(exit_.get("when"), f"{at}/exits/{way}/when", known.names)
    if bool(stage.get("terminal")) == bool(stage.get("exits")):
        message = "Take its exits out, or `terminal`" if stage.get("terminal") else "Add an exit, or `terminal`: true"
        yield Problem(at, "no_way_out", f"A case would never leave, or never end here. {message}")


def _reached(stages: Document) -> Iterator[Problem]:
    order = sorted(stages, key=lambda key: (stages[key].get("order", 0), key))
    open_, reached = order[:1], set(order[:1])
    while open_:
        ways = stages[open_.pop()].get("exits", {}).values()
        following = {way.get("to") for way in ways} & set(stages) - reached
        reached |= following
        open_ += sorted(following)
    for key in order:
        if key not in reached:
            yield Problem(f"{_AT}/stages/{key}", "unreachable", "No exit leads here: add one, or take the stage out")


def _letters(letters: Document, known: _Known) -> Iterator[Problem]:
    shipped = {name.removeprefix("letters/"): one for name, one in known.themes.items() if name.startswith("letters/")}
    for key, letter in letters.items():
        at = f"{_AT}/letters/{key}"
        yield from known.lacks("event", letter.get("on"), f"{at}/on")
        words = shipped.get(str(letter.get("letter")))
        if words is None:
            near = did_you_mean(str(letter.get("letter")), sorted(shipped))
            yield Problem(f"{at}/letter", "unknown_letter", f"There is no letter `{letter.get('letter')}`{near}")
        elif words.get("audience") != letter.get("to"):
            yield Problem(f"{at}/to", "wrong_reader", f"This letter is written for the {words.get('audience')}")


def _tracker(tracker: Document, stages: Document) -> Iterator[Problem]:
    at = f"{_AT}/tracker"
    for key in tracker:
        if key not in stages and key not in _STEPS:
            yield Problem(f"{at}/{key}", "unknown_stage", f"There is no stage `{key}`{did_you_mean(key, list(stages))}")
    for wanted in _STEPS if set(tracker) & set(_STEPS) else stages:
        if wanted not in tracker:
            yield Problem(at, "no_words", f"Say what the referrer reads at `{wanted}`; it may be equal for several")


def _clocks(clocks: Document, known: _Known) -> Iterator[Problem]:
    for code, clock in clocks.items():
        at = f"/rules/clocks/clocks/{code}"
        yield from known.lacks("role", clock.get("owner"), f"{at}/owner")
        if "escalate_to" in clock.get("on_overdue", {}):
            yield from known.lacks("role", clock["on_overdue"]["escalate_to"], f"{at}/on_overdue/escalate_to")
        limits = {f"{at}/limits/{key}": one for key, one in clock.get("limits", {}).items()}
        for where, one in {at: clock, f"{at}/amber_at": clock.get("amber_at", {}), **limits}.items():
            for key in ("from_event", "stop_event", "cancel_event"):
                if key in one:
                    yield from known.lacks("event", one[key], f"{where}/{key}")
        yield from _settings(clock, at, known)


def _settings(value: Any, at: str, known: _Known) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        return
    if "parameter" in value:
        yield from known.lacks("parameter", value["parameter"], f"{at}/parameter")
    for key, inner in value.items():
        yield from _settings(inner, f"{at}/{key}", known)
