"""The shipped programmes in a real database, the people who work with them, and nominations to send."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from frontdoor import packs_dir
from frontdoor.domain.access import Viewer, organisation_token, person_token, staff_tokens
from frontdoor.domain.account import Account
from frontdoor.domain.canonical import digest
from frontdoor.domain.case import Case
from frontdoor.domain.change import Snapshot
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.packs.resolve import resolve
from frontdoor.domain.programme import Programme
from frontdoor.services import load, nominate, programmes
from frontdoor.services.nominate import Acknowledgement, Arrival
from frontdoor.services.verify import Check, verify
from frontdoor.store import accounts, cases, snapshots

DERBY, MOOR = "derby-city", "northmoor"
RUNNING = {DERBY: "derby", MOOR: "families-first"}
LIVE_FROM = datetime(2026, 1, 1, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)


@cache
def resolved_tree(authority: str, programme: str) -> Mapping[str, Any]:
    packs = load.packs_in(packs_dir())
    return resolve(packs, programme, authority).tree


def publish_shipped() -> None:
    """Put both shipped programmes live, as a first release does."""
    for authority, programme in RUNNING.items():
        tree = resolved_tree(authority, programme)
        snapshots.add(
            Snapshot(
                authority=authority,
                programme=programme,
                number=1,
                digest=digest(tree),
                shipped_digest=digest(tree),
                tree=tree,
                live_from=LIVE_FROM,
                published_at=LIVE_FROM,
                published_by="system",
                because="The first release",
                origins={},
                policies={},
                release="0",
            )
        )


def programme_of(authority: str = DERBY) -> Programme:
    return programmes.live(authority, RUNNING[authority], RECEIVED)


def staff(role: str = "front_door_officer", authority: str = DERBY, *, name: str = "") -> Viewer:
    """Somebody of a role of the shipped packs, with what the pack lets them do and see."""
    held = programme_of(authority).roles[role]
    account = f"{authority}-{role}{'-' + name.split()[0].lower() if name else ''}"
    return Viewer(
        account,
        name or role.replace("_", " ").title(),
        "staff",
        authority,
        staff_tokens(authority, account, [held.sees], ["front_door"]),
        frozenset(held.may),
        frozenset({role}),
        frozenset({"front_door"}),
        programmes=(RUNNING[authority],),
    )


def partner(authority: str = DERBY, organisation: str = "school", account: str = "teacher") -> Viewer:
    tokens = frozenset({organisation_token(authority, organisation), person_token(account)})
    return Viewer(account, "Tess Teacher", "partner", authority, tokens, organisation=organisation)


def partner_with_address(authority: str = DERBY) -> Viewer:
    """A partner whose account can be written to."""
    viewer = partner(authority)
    accounts.add(
        viewer,
        Account(viewer.account, authority, "partner", "teacher@school.example", viewer.name, organisation="school"),
    )
    return viewer


MEMBERS = [
    {
        "id": "aoif",
        "relationship": "child",
        "given_name": "Aoife",
        "family_name": "O'Brien-Nguyễn",
        "dob": "2014-03-09",
    },
    {"id": "minh", "relationship": "child", "given_name": "Minh", "family_name": "O'Brien-Nguyễn", "dob": "2011-05-02"},
    {"id": "nora", "relationship": "parent", "given_name": "Nóra", "family_name": "O'Brien", "dob": "1984"},
]
_TOLD: dict[str, Any] = {
    "concern": "no",
    "referrer_name": "Tess Teacher",
    "referrer_role": "Deputy head",
    "referrer_organisation": "Larkspur School",
    "referrer_contact": "01632 960121",
    "referrer_source": "2A",
    "family_name": "O'Brien-Nguyễn",
    "address": {"line_1": "14 Larkspur Walk", "town": "Derby", "postcode": "ZZ99 3VZ"},
    "address_confidential": "no",
    "safe_to_call": "yes",
    "phone": "01632 960151",
    "members": MEMBERS,
    "members_complete": True,
    "agreement": "not_sought",
    "family_aware": "dont_know",
}
# Story 4: an offence in time, absence unsure, benefits unknown, domestic abuse in the home.
_DERBY = {
    "offence": "yes",
    "offence_who": ["minh"],
    "offence_on": "2026-02-03",
    "asb": "no",
    "excluded": "no",
    "suspended": "no",
    "absent": "dont_know",
    "pru": "no",
    "off_roll": "no",
    "benefits": "dont_know",
    "local_criteria": ["domestic_abuse"],
    "local_details": "She told the class teacher about a fortnight at her sister's.",
    "lead_worker": "dont_know",
}
_MOOR = {
    "concerns": "Tired in class, and often late.",
    "need_level_proposed": "2",
    "urgency": "soon",
}


def answers(authority: str = DERBY, **more: Any) -> dict[str, Any]:
    told = {**_TOLD, **(_DERBY if authority == DERBY else _MOOR), **more}
    return {name: value for name, value in told.items() if value is not None}


def accepted(authority: str = DERBY, *, on: datetime = RECEIVED, **more: Any) -> dict[str, Any]:
    programme = programme_of(authority)
    form = programme.forms[programme.pathway.intake.form]
    return accept(form, answers(authority, **more), as_of=programme.calendar.local_date(on))


def nominated(
    viewer: Viewer | None = None,
    *,
    authority: str = DERBY,
    key: str = "key-1",
    received_at: datetime = RECEIVED,
    recorded_at: datetime | None = None,
    channel: str = "e_form",
    draft: str | None = None,
    **more: Any,
) -> Acknowledgement:
    """A nomination as the form accepts it, received; `more` are answers that differ from the usual ones."""
    arrival = Arrival(received_at, recorded_at or received_at, channel, key, draft=draft)
    told = accepted(authority, on=received_at, **more)
    return nominate.nominate(viewer or partner(authority), programme_of(authority), told, arrival)


def the_case(reference: str, authority: str = DERBY) -> Case:
    return cases.get(staff(authority=authority), reference)


def education_says(viewer: Viewer, reference: str, value: Any, *, at: datetime, row: str = "aoif") -> Case:
    programme = programme_of()
    check = Check("unauth_absence_pct_3t", row, value, "education", programme.calendar.local_date(at))
    return verify(viewer, reference, check, at=at, revision=the_case(reference).revision)
