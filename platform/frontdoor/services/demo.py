"""Synthetic families for a demonstration: each authority's own demo document, played through the real services.

Nothing here reaches into the store for a case: a nomination is nominated, a check verified and a decision confirmed as
a person would do it, at the instants that the document says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.account import Account, Organisation
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.programme import Programme
from frontdoor.domain.submission import Draft
from frontdoor.domain.text import say
from frontdoor.services import confirm, duty, nominate, programmes, sign_in, verify
from frontdoor.services.complete import complete
from frontdoor.services.identity import new_id
from frontdoor.store import accounts, cases, organisations, snapshots

CHANNELS = {"online": "e_form"}


@dataclass(frozen=True)
class SignIn:
    """One way into the demonstration: whose, as what, in which authority."""

    account: str
    name: str
    role: str
    authority: str


def load_demo(*, at: datetime) -> list[SignIn]:
    """Fill an empty installation with every authority's demo document; an authority that has accounts is left alone."""
    for authority in snapshots.authorities():
        if accounts.any_of(authority):
            continue
        for programme in programmes.running(authority, at):
            document = programme.tree["rules"].get("demo")
            if document:
                _Play(programme, document, at).perform()
    return sign_ins(at=at)


def sign_ins(*, at: datetime, language: str = "en") -> list[SignIn]:
    """Return every demonstration account, staff first, with its roles named in `language`."""
    found = []
    for authority in snapshots.authorities():
        inside = system_viewer(authority)
        roles = {role.id: role for programme in programmes.running(authority, at) for role in programme.roles.values()}
        for account in accounts.everybody(inside):
            named = [say(roles[role].label, language) for role in account.roles if role in roles]
            found.append(
                SignIn(account.id, account.name, ", ".join(named) or _organisation(inside, account), authority)
            )
    return found


def _organisation(inside: Viewer, account: Account) -> str:
    if account.organisation is None:
        return "Partner"
    return organisations.get(inside, account.organisation).name


class _Play:
    """One authority's demo document, being played."""

    def __init__(self, programme: Programme, document: Mapping[str, Any], at: datetime) -> None:
        self.programme = programme
        self.document = document
        self.at = at
        self.inside = system_viewer(programme.authority)
        self.people: dict[str, Account] = {}

    def perform(self) -> None:
        for key, staff in self.document["accounts"].items():
            self._add(
                key, staff, kind="staff", roles=(staff["role"],), teams=(staff["team"],) if "team" in staff else ()
            )
        for key, organisation in self.document.get("organisations", {}).items():
            self._organisation(key, organisation)
        for key, nomination in _in_order(self.document.get("nominations", {})):
            self._nominate(key, nomination)

    def _add(self, key: str, person: Mapping[str, Any], *, kind: str, **more: Any) -> None:
        account = Account(
            id=new_id(),
            authority=self.programme.authority,
            kind=kind,
            email=person["email"].lower(),
            name=person["name"],
            created_at=self.at,
            **more,
        )
        self.people[key] = accounts.add(self.inside, account)

    def _organisation(self, key: str, told: Mapping[str, Any]) -> None:
        kept = organisations.add(
            self.inside, Organisation(new_id(), self.programme.authority, told["name"], told["kind"])
        )
        for person, details in told["people"].items():
            self._add(
                person, details, kind="partner", organisation=kept.id, organisation_admin=details.get("admin", False)
            )

    def _viewer(self, key: str) -> Viewer:
        return sign_in.viewer_of(self.people[key], self.at)

    def _instant(self, days: float, local: str, since: date | None = None) -> datetime:
        calendar = self.programme.calendar
        day = (since or calendar.local_date(self.at)) + timedelta(days=days)
        moment = calendar.at_local(day, time.fromisoformat(local))
        return min(moment, self.at)

    def _nominate(self, key: str, told: Mapping[str, Any]) -> None:
        received = self._instant(-told["received"]["days_ago"], told["received"]["time"])
        programme = self.programme
        viewer = self._viewer(told["by"])
        form = programme.forms[told["form"]]
        answers = accept(form, told["answers"], as_of=programme.calendar.local_date(received))
        channel = told.get("channel", "online")
        arrival = nominate.Arrival(
            received_at=received, recorded_at=received, channel=CHANNELS.get(channel, channel), key=f"demo-{key}"
        )
        done = nominate.nominate(viewer, programme, answers, arrival)
        for _, step in _in_order(told.get("then", {})):
            since = programme.calendar.local_date(received)
            at = max(self._instant(step.get("days_after", 0), step.get("time", "12:00"), since), received)
            self._steps()[step["do"]](done.reference, step, at)

    def _steps(self) -> Mapping[str, Callable[[str, Mapping[str, Any], datetime], None]]:
        return {
            "verify": self._verify,
            "assume": self._assume,
            "confirm": self._confirm,
            "override": self._override,
            "acknowledge": self._acknowledge,
            "complete": self._complete,
        }

    def _revision(self, reference: str) -> int:
        return cases.get(self.inside, reference).revision

    def _verify(self, reference: str, step: Mapping[str, Any], at: datetime) -> None:
        on = self.programme.calendar.local_date(at)
        check = verify.Check(step["fact"], step.get("row"), step.get("value"), step["source"], on, step.get("note", ""))
        verify.verify(self._viewer(step["by"]), reference, check, at=at, revision=self._revision(reference))

    def _assume(self, reference: str, step: Mapping[str, Any], at: datetime) -> None:
        verify.decide_on_what_is_known(
            self._viewer(step["by"]),
            reference,
            step["decision"],
            reason=step["note"],
            at=at,
            revision=self._revision(reference),
        )

    def _confirm(self, reference: str, step: Mapping[str, Any], at: datetime) -> None:
        revision = self._revision(reference)
        confirm.confirm(self._viewer(step["by"]), reference, step["decision"], at=at, revision=revision)

    def _override(self, reference: str, step: Mapping[str, Any], at: datetime) -> None:
        other = confirm.Otherwise(step["outcome"], step["note"])
        revision = self._revision(reference)
        confirm.override(self._viewer(step["by"]), reference, step["decision"], other, at=at, revision=revision)

    def _acknowledge(self, reference: str, step: Mapping[str, Any], at: datetime) -> None:
        viewer = self._viewer(step["by"])
        for alert in duty.waiting(viewer):
            if alert.case == reference:
                duty.acknowledge(viewer, alert.id, at=at)

    def _complete(self, reference: str, step: Mapping[str, Any], at: datetime) -> None:
        viewer, case = self._viewer(step["by"]), cases.get(self.inside, reference)
        form = self.programme.forms[step["form"]]
        answers = accept(form, step["answers"], as_of=self.programme.calendar.local_date(at))
        draft = Draft(
            id=new_id(),
            authority=case.authority,
            programme=case.programme,
            form=step["form"],
            pin=case.pin,
            tokens=case.tokens,
            organisation=None,
            account=viewer.account,
            answers=answers,
            started_at=at,
            saved_at=at,
            case=reference,
        )
        complete(viewer, draft, answers, at)


def _in_order(entries: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(entries.items(), key=lambda entry: (entry[1].get("order", 0), entry[0]))
