"""Who is asking, what they may do and which records they may see.

A record carries access tokens; a viewer carries tokens; the store adds their intersection to every query.
Roles are data (`rules/OWNER/roles.json`); the permissions they may grant are the fixed list below, because each
is the name of something that the code does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from frontdoor.domain.errors import NotAllowed

ViewerKind = Literal["staff", "partner", "api", "system"]

PERMISSIONS: Mapping[str, str] = {
    "record_contact": "record a contact that came by phone, letter or at the counter",
    "see_queue": "see the queue of what waits for a decision",
    "see_case": "open a case",
    "verify_fact": "record what a source system says",
    "join_families": "say whether two contacts are from the same family",
    "complete_form": "complete a form on a case",
    "confirm_decision": "confirm a proposed decision",
    "override_decision": "decide otherwise than proposed, with a reason",
    "countersign_lowering": "countersign the lowering of a safeguarding outcome",
    "see_alerts": "see duty alerts",
    "acknowledge_alert": "acknowledge a duty alert",
    "edit_change": "edit a change to forms, rules or themes",
    "approve_change": "approve a change that somebody else edited",
    "publish_change": "publish an approved change",
    "emergency_publish": "publish words or contact numbers at once, reviewed afterwards",
    "roll_back": "publish an earlier snapshot again",
    "manage_accounts": "add, change and close staff accounts",
    "manage_organisations": "add, change and close partner organisations",
    "see_access_log": "see who read which record",
    "see_health": "see whether the service and its worker are well",
    "see_outbox": "see the messages that were sent",
    "replay_receipts": "replay stored decisions",
}


@dataclass(frozen=True)
class Viewer:
    """Somebody, or some system, on whose behalf something is read or done.

    `account` is the account's id (`system` for the worker, the token's id for a partner's system); `authority` the
    owner id of the controller; `tokens` what the store intersects with a record's tokens.
    """

    account: str
    name: str
    kind: ViewerKind
    authority: str
    tokens: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    organisation: str | None = None
    organisation_admin: bool = False
    language: str = "en"
    programmes: tuple[str, ...] = field(default=())

    def may(self, permission: str) -> bool:
        """Return whether some role of the viewer grants `permission` (a key of `PERMISSIONS`)."""
        if permission not in PERMISSIONS:
            raise KeyError(permission)
        return permission in self.permissions

    def need(self, permission: str) -> None:
        """Raise `NotAllowed`, naming what is missing, unless the viewer may."""
        if not self.may(permission):
            raise NotAllowed(f"Your role does not let you {PERMISSIONS[permission]}. Ask your team leader.")


def authority_token(authority: str) -> str:
    """Return the token of everybody who sees all ordinary records of an authority."""
    return f"authority:{authority}"


def team_token(authority: str, team: str) -> str:
    """Return the token of a team's members."""
    return f"team:{authority}/{team}"


def organisation_token(authority: str, organisation: str) -> str:
    """Return the token of a partner organisation's people, for what the organisation itself sent."""
    return f"organisation:{authority}/{organisation}"


def person_token(account: str) -> str:
    """Return the token of one account, for what is theirs alone."""
    return f"person:{account}"


def staff_tokens(authority: str, account: str, sees: Iterable[str], teams: Iterable[str]) -> frozenset[str]:
    """Return the tokens of a staff account whose roles see `authority`, `team`, `own` or `none`."""
    scopes = set(sees)
    tokens = {person_token(account)}
    if "authority" in scopes:
        tokens.add(authority_token(authority))
    if scopes & {"authority", "team"}:
        tokens.update(team_token(authority, team) for team in teams)
    return frozenset(tokens)


def system_viewer(authority: str) -> Viewer:
    """Return the viewer on whose behalf the worker and the loader act inside one authority, restricted records too."""
    return Viewer("system", "Front Door", "system", authority, frozenset({authority_token(authority)}))
