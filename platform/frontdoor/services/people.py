"""Accounts: who may come in. Administrators keep staff; a partner organisation keeps its own people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pyotp

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.account import Account
from frontdoor.domain.errors import AnswersRejected, NotAllowed, NotFound, Problem, WrongState
from frontdoor.domain.programme import Role, Team
from frontdoor.services import programmes, sign_in
from frontdoor.services.identity import new_id
from frontdoor.store import accounts, connection, organisations, secrets, sessions, sign_in_links

_LONGEST = 120  # characters of a name


@dataclass(frozen=True)
class Person:
    """What an administrator enters about somebody."""

    name: str
    email: str
    roles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    organisation: str | None = None
    organisation_admin: bool = False
    language: str = "en"  # of the mail that tells them; they may choose another once they are in


def staff(viewer: Viewer) -> Sequence[Account]:
    """Return the authority's staff accounts by name."""
    viewer.need("manage_accounts")
    return accounts.staff(viewer)


def staff_account(viewer: Viewer, account_id: str) -> Account:
    """Return one staff account of the authority."""
    viewer.need("manage_accounts")
    account = accounts.get(viewer, account_id)
    if account.kind != "staff":
        raise NotFound("There is no such staff account. Partners are among their organisation's people.")
    return account


def add_staff(viewer: Viewer, person: Person, *, at: datetime, base_url: str) -> Account:
    """Make a staff account and send its set-up link. Errors: `AnswersRejected` for an address in use or no role."""
    viewer.need("manage_accounts")
    rejected([*problems_of(person), *_problems_of_roles(viewer, person, at)])

    def act() -> Account:
        account = accounts.add(viewer, account_of(viewer, person, "staff", at))
        sign_in.invite(account, base_url, at)
        return account

    return connection.in_transaction(act)


def change_staff(viewer: Viewer, account_id: str, person: Person, *, at: datetime, revision: int) -> Account:
    """Change somebody's name, roles and teams; other roles end their sessions at once."""
    before = staff_account(viewer, account_id)
    rejected([*problems_of(replace(person, email=before.email)), *_problems_of_roles(viewer, person, at)])
    if before.id == viewer.account and set(person.roles) != set(before.roles):
        raise NotAllowed("You cannot change your own roles. Ask another administrator.")
    after = replace(before, name=tidy(person.name), roles=person.roles, teams=person.teams)
    saved = accounts.replace(viewer, after, expected_revision=revision)
    if set(before.roles) != set(person.roles):
        sessions.end_all(before.id)
    return saved


def set_active(viewer: Viewer, account_id: str, *, active: bool, revision: int) -> Account:
    """Close or open a staff account; closing ends its sessions at once."""
    before = staff_account(viewer, account_id)
    if before.id == viewer.account:
        raise NotAllowed("You cannot close your own account. Ask another administrator.")
    saved = accounts.replace(viewer, replace(before, active=active), expected_revision=revision)
    if not active:
        sessions.end_all(before.id)
    return saved


def invite_again(viewer: Viewer, account_id: str, *, at: datetime, base_url: str) -> None:
    """Send a new set-up link, for a lost code app or password. The old ones work until the link is used."""
    account = staff_account(viewer, account_id)
    if not account.active:
        raise WrongState("This account is closed. Open it first.")
    sign_in.invite(account, base_url, at)


def others_who_may(viewer: Viewer, permission: str, at: datetime) -> list[Account]:
    """Return the open staff accounts, besides the viewer's, that some role lets do something."""
    roles = {role.id for role in _roles(viewer, at).values() if permission in role.may}
    everybody = accounts.staff(system_viewer(viewer.authority))
    return [one for one in everybody if one.active and one.id != viewer.account and roles & set(one.roles)]


def name_of(authority: str, account_id: str) -> str:
    """Return the name behind an account of the authority, `""` for the system or one that is no more."""
    account = accounts.by_id_for_sign_in(account_id)
    return account.name if account is not None and account.authority == authority else ""


def roles_and_teams(viewer: Viewer, at: datetime) -> tuple[list[Role], list[Team]]:
    """Return the roles that staff can hold and the teams of all programmes of the authority, each once, in order."""
    teams = {team.id: team for one in programmes.running(viewer.authority, at) for team in one.teams.values()}
    return list(_roles(viewer, at).values()), list(teams.values())


def enrolling(token: str, at: datetime) -> Account:
    """Return the account behind a set-up link; the link is not used up yet."""
    account_id = sign_in_links.peek(sign_in.digest_of(token), "enrol", at)
    account = accounts.by_id_for_sign_in(account_id) if account_id else None
    if account is None:
        raise NotFound("This set-up link has been used or is too old. Ask your administrator for a new one.")
    return account


def enrol(token: str, *, password: str, secret: str, code: str, at: datetime) -> Account:
    """Set password and code secret once; the code proves that the secret was taken down."""
    hashed = sign_in.hash_password(password)
    if not pyotp.TOTP(secret).verify("".join(code.split()), for_time=at, valid_window=1):
        problem = Problem("/code", "refused", "The code is not right. Enter the six digits that your app shows now")
        raise AnswersRejected("Check the code", problems=[problem])
    account_id = sign_in_links.use(sign_in.digest_of(token), "enrol", at)
    if account_id is None:
        raise NotFound("This set-up link has been used or is too old. Ask your administrator for a new one.")
    return accounts.enrol(account_id, password_hash=hashed, totp_secret=secrets.encrypt(secret))


def colleagues(viewer: Viewer, organisation: str | None = None) -> Sequence[Account]:
    """Return the people of the viewer's own organisation, or of any for whoever manages organisations."""
    return accounts.of_organisation(viewer, _reach(viewer, organisation))


def add_colleague(viewer: Viewer, person: Person, *, at: datetime, base_url: str) -> Account:
    """Add somebody to an organisation, by its own administrator or by whoever manages organisations, and tell them.

    The mail says where to sign in; it holds no secret, for a link is sent each time somebody asks for one there.
    """
    organisation = _reach(viewer, person.organisation, administer=True)
    rejected(problems_of(person))
    colleague = account_of(viewer, replace(person, organisation=organisation), "partner", at)

    def act() -> Account:
        added = accounts.add(viewer, colleague)
        sign_in.welcome(added, base_url, at)
        return added

    return connection.in_transaction(act)


def close_colleague(viewer: Viewer, account_id: str, organisation: str | None = None) -> Account:
    """Close a colleague's account; their drafts and what they sent stay with the organisation.

    `organisation`, where it is given, is the one that the account has to belong to.
    """
    before = accounts.get(viewer, account_id)
    if organisation not in (None, before.organisation):
        raise NotFound("There is no such person in this organisation. Start again from the list.")
    _reach(viewer, before.organisation, administer=True)
    if before.id == viewer.account:
        raise NotAllowed("You cannot close your own account. Ask another administrator.")
    saved = accounts.replace(viewer, replace(before, active=False), expected_revision=before.revision)
    sessions.end_all(before.id)
    return saved


def _reach(viewer: Viewer, organisation: str | None, *, administer: bool = False) -> str:
    if viewer.kind == "staff":
        viewer.need("manage_organisations")
        if organisation is None:
            raise NotFound("Choose an organisation first.")
        return organisations.get(viewer, organisation).id
    if viewer.organisation is None or organisation not in (None, viewer.organisation):
        raise NotFound("There is no such organisation.")
    if administer and not viewer.organisation_admin:
        raise NotAllowed("Only your organisation's administrator can do this.")
    return viewer.organisation


def account_of(viewer: Viewer, person: Person, kind: str, at: datetime) -> Account:
    """Return a new account for a person, not yet stored."""
    return Account(
        id=new_id(),
        authority=viewer.authority,
        kind=kind,
        email=person.email.strip().lower(),
        name=tidy(person.name),
        roles=person.roles,
        teams=person.teams,
        organisation=person.organisation,
        organisation_admin=person.organisation_admin,
        language=person.language,
        created_at=at,
    )


def problems_of(person: Person) -> list[Problem]:
    """Return what is wrong with a person's name and address."""
    problems = []
    if not 0 < len(tidy(person.name)) <= _LONGEST:
        problems.append(Problem("/name", "required", f"Enter a name of at most {_LONGEST} characters"))
    if not sign_in.is_address(person.email):
        problems.append(Problem("/email", "format", "Enter an e-mail address, like name@example.org"))
    return problems


def rejected(problems: Sequence[Problem]) -> None:
    """Raise `AnswersRejected` if there is any problem."""
    if problems:
        raise AnswersRejected("Some of what you entered has to be put right", problems=problems)


def tidy(name: str) -> str:
    """Return a name on one line, single spaces between its words."""
    return " ".join(name.split())


def _roles(viewer: Viewer, at: datetime) -> dict[str, Role]:
    running = programmes.running(viewer.authority, at)
    return {role.id: role for one in running for role in one.roles.values() if role.kind == "staff"}


def _problems_of_roles(viewer: Viewer, person: Person, at: datetime) -> list[Problem]:
    roles, teams = roles_and_teams(viewer, at)
    problems = []
    if not person.roles or not set(person.roles) <= {role.id for role in roles}:
        problems.append(Problem("/roles", "required", "Select at least one role"))
    if not set(person.teams) <= {team.id for team in teams}:
        problems.append(Problem("/teams", "unknown", "Select teams of those listed"))
    return problems
