"""Keeps the compact facts collection from the cases: what the live rules read of each, worked out and with dimensions.

Safe to repeat, and to lose half-way: a case is worked out whole from its submissions and replaces what was there.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from frontdoor.domain.access import Viewer, authority_token, system_viewer
from frontdoor.domain.canonical import digest
from frontdoor.domain.case import Case
from frontdoor.domain.errors import FrontDoorError, NotFound
from frontdoor.domain.forms import partial_dates
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.dates import age_on
from frontdoor.domain.rules.prepare_inputs import prepared
from frontdoor.domain.rules.pushdown.plans import Held, values_of
from frontdoor.domain.rules.pushdown.stored import Plainly, paths_of, read_by
from frontdoor.domain.rules.pushdown.stretches import Stretches
from frontdoor.services import programmes
from frontdoor.services.deciding import Grounds, inputs_for
from frontdoor.services.redecide import grounds_of
from frontdoor.store import cases, facts, secrets, snapshots

_KEPT_AS = 2  # another number where more or other things are kept of a case: then all are worked out afresh
UNKNOWN, MIXED = "unknown", "several"
# Of the youngest person: the ages at which the duty, the school and the law change. From this age, named so.
AGE_BANDS = ((0, "under_5"), (5, "5_to_10"), (11, "11_to_15"), (16, "16_to_17"), (18, "18_or_over"))
_BATCH = 50


def keep_case(authority: str, reference: str, *, at: datetime) -> None:
    """Work one case out under the rules that are live for its programme, and store it."""
    inside = system_viewer(authority)
    for case in cases.several(inside, [reference]):
        try:
            live = programmes.live(authority, case.programme, at)
        except NotFound:
            continue  # the authority runs the programme no longer: nothing of it is asked of the past
        _keep(inside, live, case)


def keep_up(authority: str, *, at: datetime) -> int:
    """Work out afresh some cases that stand under rules which are no longer live; return how many they were."""
    inside = system_viewer(authority)
    done = 0
    for name in snapshots.programmes(authority):
        live = programmes.live(authority, name, at)
        for case in cases.several(inside, facts.stale(inside, name, rules_digest(live), _BATCH)):
            _keep(inside, live, case)
            done += 1
    return done


def rebuild(authority: str, programme: str, *, at: datetime) -> int:
    """Work out every case of a programme afresh; return how many they were."""
    inside = system_viewer(authority)
    live = programmes.live(authority, programme, at)
    done = 0
    for case in facts.every_case(inside, programme):
        _keep(inside, live, case)
        done += 1
    return done


def rules_digest(programme: Programme) -> str:
    """Return what stored outcomes depend on besides the case: the rules, the kinds of answers, the calendar."""
    calendar = sorted(day.isoformat() for day in programme.calendar.holidays)
    kinds = dict(programme.rules.kinds)
    return digest({"rules": programme.rules.digest, "kinds": kinds, "holidays": calendar, "kept": _KEPT_AS})


def asked_paths(live: Programme, pinned: Programme) -> dict[str, str]:
    """Return the kinds of what the live rules read, as far as a case's own forms asked for it."""
    return {path: kind for path, kind in paths_of(live.rules).items() if _asks(pinned.forms, path)}


def _asks(forms: Mapping[str, Form], path: str) -> bool:
    root, *rest = path.split(".")
    if root != "answers":
        return True
    form = forms.get(rest[0])
    question = form.questions.get(rest[1]) if form else None
    return question is not None and (len(rest) < 3 or rest[2] == "id" or rest[2] in question.questions)


@dataclass(frozen=True)
class Standing:
    """How cases received under one snapshot are worked out under the live one."""

    basis: facts.Basis
    engine: Plainly

    @cached_property
    def ahead(self) -> Stretches:
        """What looks ahead to other values of a number."""
        return Stretches(self.engine)


_standing: OrderedDict[tuple[Any, ...], Standing] = OrderedDict()
_KEPT = 64


def standing(live: Programme, pinned: Programme) -> Standing:
    """Return how cases of the snapshot `pinned` are worked out under the rules that are live; made once for the two."""
    pair = (live.authority, live.programme, live.digest, live.number, pinned.digest, pinned.number)
    if pair not in _standing:
        paths, rules = asked_paths(live, pinned), rules_digest(live)
        key = digest({"authority": live.authority, "programme": live.programme, "rules": rules, "paths": paths})
        tokens = (authority_token(live.authority),)
        basis = facts.Basis(key[:24], live.authority, live.programme, tokens, rules, paths)
        _standing[pair] = Standing(basis, Plainly(live.rules, Held(paths, live.rules, values_of(live.rules))))
    while len(_standing) > _KEPT:
        _standing.popitem(last=False)
    return _standing[pair]


def _keep(inside: Viewer, live: Programme, case: Case) -> None:
    try:
        stands = standing(live, programmes.of_case(case))
        kept = case_facts(live, stands, case, grounds_of(inside, case))
    except FrontDoorError:
        # Answers that do not fit the forms of today: such a case is in no simulation, and the count says so.
        facts.remove(inside, case.programme, case.reference)
        return
    facts.put_basis(inside, stands.basis)
    facts.put(inside, kept)


def case_facts(live: Programme, stands: Standing, case: Case, grounds: Grounds) -> facts.CaseFacts:
    """Return what the collection holds of a case. Errors: FrontDoorError where its answers do not fit today's forms."""
    situation = prepared(live.rules, inputs_for(live, case, grounds), read_by(live.rules))
    kept = stands.engine.keep(situation)
    return facts.CaseFacts(
        reference=case.reference,
        authority=case.authority,
        programme=case.programme,
        tokens=case.tokens,
        revision=case.revision,
        rules=stands.basis.rules,
        basis=stands.basis.id,
        noise=noise_of(case.reference),
        dimensions=dimensions(live, case, grounds),
        said=_said(case),
        data=kept.data,
        facts=kept.facts,
        fixed=kept.fixed,
        truths=kept.truths,
        outcomes=kept.outcomes,
        apart=kept.apart,
        steps={} if kept.apart else stands.ahead.told(situation),
    )


def noise_of(reference: str) -> int:
    """Return the case's own number, below 65,536, that decides how counts with it in them are rounded.

    It takes the installation's key: whoever could work it out could take the rounding off again.
    """
    return int(secrets.keyed_digest(f"noise:{reference}")[:4], 16)


def _said(case: Case) -> dict[str, dict[str, Any]]:
    return {
        code: {
            "decision": state.confirmed.decision,
            "reason": state.confirmed.reason_code,
            "override": state.confirmed.override,
        }
        for code, state in case.decisions.items()
        if state.confirmed is not None
    }


def dimensions(live: Programme, case: Case, grounds: Grounds) -> dict[str, str]:
    """Return the codes by which counts are broken down.

    `area` is the first half of the postcode, `agency` the organisation that sent it, `month` that of receipt,
    `age_band` the youngest person's; and each question that a form marks `protected`, by its id.
    """
    intake = live.pathway.intake
    answers = grounds.answers.get(intake.form, {})
    received = live.calendar.local_date(case.received_at)
    return {
        "area": _area(answers.get(intake.subject.get("address", ""))),
        "team": case.team or UNKNOWN,
        "month": received.isoformat()[:7],
        "agency": case.organisation or case.channel or UNKNOWN,
        "age_band": _age_band(intake.subject, answers, received),
        **_protected(live.forms.values(), grounds.answers),
    }


def _area(address: Any) -> str:
    written = address.get("postcode", "") if isinstance(address, Mapping) else ""
    outward = "".join(str(written).upper().split())[:-3]
    return outward if outward.isalnum() else UNKNOWN


def _age_band(subject: Mapping[str, Any], answers: Mapping[str, Any], on: date) -> str:
    rows = answers.get(subject.get("members", ""), ()) or ()
    born = [row.get(subject.get("dob", "")) for row in rows]
    latest = [bounds[1].isoformat() for one in born if isinstance(one, str) and (bounds := partial_dates.interval(one))]
    ages = [age for each in latest if (age := age_on(each, on.isoformat())) is not None]
    if not ages:
        return UNKNOWN
    return next((name for begin, name in reversed(AGE_BANDS) if min(ages) >= begin), UNKNOWN)


def _protected(forms: Iterable[Form], answers: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for form in forms:
        given = answers.get(form.id, {})
        for question in form.questions.values():
            if question.ui.get("protected"):
                found[question.id] = _one_of([given.get(question.id)])
            for inner in question.questions.values():
                if inner.ui.get("protected"):
                    rows = given.get(question.id) or ()
                    found[inner.id] = _one_of([row.get(inner.id) for row in rows])
    return found


def _one_of(values: Iterable[Any]) -> str:
    """Return the one code that everybody shares; UNKNOWN where nobody gave any, MIXED for several."""
    codes = {str(value) for value in values if isinstance(value, str | bool | int)}
    return codes.pop() if len(codes) == 1 else MIXED if codes else UNKNOWN
