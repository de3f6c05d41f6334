import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from pymongo.database import Database
from tests.services.builders import DERBY
from tests.services.configuring import NOW, installed

from frontdoor.domain.access import PERMISSIONS, organisation_token, system_viewer, team_token
from frontdoor.domain.account import Account, Organisation
from frontdoor.domain.errors import AnswersRejected, NotAllowed, NotFound, TooMany
from frontdoor.services import codes, partners, people, programmes, sign_in, signed_in
from frontdoor.services.sign_in import Doorstep
from frontdoor.store import accounts, messages, organisations, secrets

__all__ = ["installed"]
INSIDE = system_viewer(DERBY)
ADMINISTRATOR = replace(INSIDE, account="sam", permissions=frozenset(PERMISSIONS))
EMAIL, PASSWORD = "yusuf.rahman@council.example", "three random words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
DOOR = Doorstep("192.0.2.7", NOW)
pytestmark = pytest.mark.usefixtures("installed")


def later(**by: float) -> Doorstep:
    return replace(DOOR, at=NOW + timedelta(**by))


def code(at: datetime = NOW) -> str:
    return pyotp.TOTP(SECRET).at(at)


@pytest.fixture
def officer(installed: Database[dict[str, Any]]) -> Account:
    added = accounts.add(INSIDE, Account("yusuf", DERBY, "staff", EMAIL, "Yusuf Rahman", ("front_door_officer",)))
    return accounts.enrol(added.id, password_hash=sign_in.hash_password(PASSWORD), totp_secret=secrets.encrypt(SECRET))


@pytest.fixture
def teacher(installed: Database[dict[str, Any]]) -> Account:
    school = organisations.add(INSIDE, Organisation("school", DERBY, "Larkspur School", "school"))
    return accounts.add(
        INSIDE, Account("tess", DERBY, "partner", "tess@school.example", "Tess", organisation=school.id)
    )


def link_sent_to(email: str, path: str) -> str:
    """The token in the newest message to an address."""
    sent = [message for message in messages.outbox(INSIDE) if message.to == email]
    found = re.search(rf"/{path}/([\w-]+)", sent[0].body)
    assert found
    return found[1]


def test_staff_come_in_by_password_and_then_code(officer):
    assert sign_in.with_password(f" {EMAIL.upper()} ", PASSWORD, DOOR).id == officer.id
    assert sign_in.with_code(officer.id, f"{code()[:3]} {code()[3:]}", DOOR).id == officer.id


def test_every_wrong_way_in_reads_the_same(officer, teacher):
    accounts.replace(INSIDE, replace(officer, active=False), expected_revision=officer.revision)
    ways = [
        (EMAIL, PASSWORD),
        (EMAIL, "wrong"),
        ("nobody@council.example", PASSWORD),
        (teacher.email, PASSWORD),
        ("", ""),
    ]
    told = set()
    for place, (email, password) in enumerate(ways):
        with pytest.raises(AnswersRejected) as refused:
            sign_in.with_password(email, password, replace(DOOR, machine=f"192.0.2.{place}"))
        told.add((refused.value.message, refused.value.problems))
    assert len(told) == 1


@pytest.mark.parametrize(
    "wrong",
    ["000000", "", "\uff11\uff12\uff13\uff14\uff15\uff16", "12345", "x" * 1000],
    ids=["wrong", "empty", "wide", "short", "long"],
)
def test_a_code_that_is_not_the_present_one_is_refused(officer, wrong):
    with pytest.raises(AnswersRejected):
        sign_in.with_code(officer.id, wrong, DOOR)


def test_a_code_works_once(officer):
    sign_in.with_code(officer.id, code(), DOOR)
    with pytest.raises(AnswersRejected):
        sign_in.with_code(officer.id, code(), later(seconds=10))
    assert sign_in.with_code(officer.id, code(NOW + timedelta(seconds=60)), later(seconds=60)).id == officer.id


def test_a_code_from_a_clock_half_a_minute_slow_is_good_and_an_older_one_is_not(officer):
    with pytest.raises(AnswersRejected):
        sign_in.with_code(officer.id, code(NOW - timedelta(seconds=90)), DOOR)
    assert sign_in.with_code(officer.id, code(NOW - timedelta(seconds=30)), DOOR).id == officer.id


def test_after_the_allowed_tries_even_the_right_password_waits_and_others_come_in(officer):
    door = replace(DOOR, tries=3, wait=timedelta(minutes=10))
    for _ in range(3):
        with pytest.raises(AnswersRejected):
            sign_in.with_password(EMAIL, "wrong", door)
    with pytest.raises(TooMany, match="minute"):
        sign_in.with_password(EMAIL, PASSWORD, door)
    with pytest.raises(AnswersRejected):
        sign_in.with_password("somebody.else@council.example", "wrong", door)
    assert sign_in.with_password(EMAIL, PASSWORD, replace(door, at=NOW + timedelta(minutes=10))).id == officer.id


def test_one_machine_cannot_try_every_address(officer):
    door, told = replace(DOOR, tries=1), []
    for number in range(13):
        with pytest.raises((AnswersRejected, TooMany)) as refused:
            sign_in.with_password(f"number{number}@council.example", "wrong", door)
        told.append(refused.type)
    assert told == [AnswersRejected] * 12 + [TooMany]


@pytest.mark.parametrize("length", [11, 257])
def test_a_password_has_12_to_256_characters(length):
    with pytest.raises(AnswersRejected):
        sign_in.hash_password("a" * length)


def test_a_partner_comes_in_by_a_link_that_works_once(teacher):
    sign_in.send_link("Tess@School.example ", DOOR, "https://frontdoor.example", onwards="/partner?a=1&b=2")
    body = messages.outbox(INSIDE)[0].body
    assert "https://frontdoor.example/sign-in/link/" in body
    assert "?next=%2Fpartner%3Fa%3D1%26b%3D2" in body
    token = link_sent_to(teacher.email, "sign-in/link")
    assert sign_in.with_link(token, later(minutes=29)).id == teacher.id
    with pytest.raises(NotAllowed):
        sign_in.with_link(token, later(minutes=29))


def test_a_link_is_good_for_half_an_hour(teacher):
    sign_in.send_link(teacher.email, DOOR, "https://frontdoor.example")
    with pytest.raises(NotAllowed):
        sign_in.with_link(link_sent_to(teacher.email, "sign-in/link"), later(minutes=30))


def test_a_set_up_link_is_no_sign_in_link(officer):
    sign_in.invite(officer, "https://frontdoor.example", NOW)
    with pytest.raises(NotAllowed):
        sign_in.with_link(link_sent_to(officer.email, "enrol"), DOOR)


def test_an_unknown_address_gets_the_same_answer_the_same_writes_and_no_mail(installed, teacher):
    def writes(email: str) -> int:
        before = sum(installed[name].estimated_document_count() for name in ("sign_in_links", "messages"))
        assert sign_in.send_link(email, DOOR, "https://frontdoor.example") is None
        return sum(installed[name].estimated_document_count() for name in ("sign_in_links", "messages")) - before

    assert writes("nobody@school.example") == writes(teacher.email)
    assert [message.to for message in messages.outbox(INSIDE)] == [teacher.email]


@pytest.fixture
def teacher_of_both(teacher: Account) -> tuple[Account, Account]:
    """Somebody whose school nominates to two authorities."""
    north = system_viewer("northmoor")
    school = organisations.add(north, Organisation("school-north", "northmoor", "Larkspur School", "school"))
    told = Account("tess-north", "northmoor", "partner", teacher.email, "Tess", organisation=school.id)
    return teacher, accounts.add(north, told)


def test_who_has_accounts_in_two_authorities_gets_one_mail_with_a_link_to_each_by_name(teacher_of_both):
    sign_in.send_link("tess@school.example", DOOR, "https://frontdoor.example", onwards="/partner")
    sent = [one for authority in (DERBY, "northmoor") for one in messages.outbox(system_viewer(authority))]
    assert [one.to for one in sent] == ["tess@school.example"]
    found = re.findall(r"\n\n(.+)\n\S+/sign-in/link/([\w-]+)\?next=%2Fpartner", sent[0].body)
    titles = {one.authority: one.authority_title["en"] for one in programmes.everywhere(NOW)}
    assert [name for name, _ in found] == [titles[one.authority] for one in teacher_of_both]
    assert [sign_in.with_link(token, DOOR).id for _, token in found] == [one.id for one in teacher_of_both]


def test_a_link_to_one_authority_leaves_the_link_to_the_other_good(teacher_of_both):
    sign_in.send_link("tess@school.example", DOOR, "https://frontdoor.example")
    first, second = re.findall(r"/sign-in/link/([\w-]+)", messages.outbox(INSIDE)[0].body)
    sign_in.with_link(second, DOOR)
    assert sign_in.with_link(first, DOOR).authority == DERBY


def test_one_account_none_and_several_cost_as_many_commands(installed, teacher_of_both):
    def commands(email: str) -> int:
        installed.command("profile", 2)
        sign_in.send_link(email, DOOR, "https://frontdoor.example")
        installed.command("profile", 0)
        asked = {"op": {"$in": ["insert", "query", "command", "update"]}, "ns": {"$not": {"$regex": "system.profile"}}}
        counted = installed["system.profile"].count_documents(asked)
        installed.drop_collection("system.profile")
        return counted

    commands("warm@school.example")  # the configurations are compiled now, as on every start page
    accounts.add(INSIDE, replace(teacher_of_both[0], id="uma", email="uma@school.example"))
    assert commands("nobody@school.example") == commands("uma@school.example") == commands("tess@school.example") > 0


@pytest.mark.parametrize(
    "email", ["", "tess", "tess@", "@school.example", "a b@c.example", "a@b@c.example", "a@b.example\nx"]
)
def test_what_is_no_address_is_refused(email):
    with pytest.raises(AnswersRejected):
        sign_in.send_link(email, DOOR, "https://frontdoor.example")


def test_a_closed_account_is_signed_in_no_more(officer):
    assert sign_in.account_for_session(officer.id) == officer
    accounts.replace(INSIDE, replace(officer, active=False), expected_revision=officer.revision)
    assert sign_in.account_for_session(officer.id) is None


def test_a_viewer_carries_what_the_roles_of_the_authority_permit(officer, teacher):
    reader = sign_in.viewer_of(replace(officer, roles=("front_door_officer", "configurer"), teams=("duty",)), NOW)
    assert {"see_queue", "edit_change"} <= reader.permissions
    assert "approve_change" not in reader.permissions
    assert team_token(DERBY, "duty") in reader.tokens
    sender = sign_in.viewer_of(teacher, NOW)
    assert sender.permissions == frozenset()
    assert organisation_token(DERBY, "school") in sender.tokens


def test_a_role_that_no_programme_has_any_more_grants_nothing(officer):
    assert sign_in.viewer_of(replace(officer, roles=("emperor",)), NOW).permissions == frozenset()


def test_a_system_comes_in_by_its_token_until_it_is_revoked_or_expires(teacher):
    token, secret = partners.issue_token(ADMINISTRATOR, "school", "Records system", at=NOW)
    reader, found = sign_in.viewer_of_token(secret, DOOR)
    assert (reader.kind, reader.organisation, found.id) == ("api", "school", token.id)
    with pytest.raises(NotAllowed):
        sign_in.viewer_of_token(secret, later(days=365))
    partners.revoke_token(ADMINISTRATOR, "school", token.id, at=NOW)
    for presented in (secret, "fd_guessed", ""):
        with pytest.raises(NotAllowed):
            sign_in.viewer_of_token(presented, DOOR)


def test_new_staff_set_password_and_code_once(installed):
    person = people.Person("Nadia Voss", "nadia@council.example", ("configurer",))
    added = people.add_staff(ADMINISTRATOR, person, at=NOW, base_url="https://frontdoor.example")
    token = link_sent_to(added.email, "enrol")
    assert people.enrolling(token, NOW).id == added.id
    secret = codes.new_secret()
    right = pyotp.TOTP(secret).at(NOW)
    for password, digits in (("short", right), (PASSWORD, "000000")):
        with pytest.raises(AnswersRejected):
            people.enrol(token, password=password, secret=secret, code=digits, at=NOW)
    people.enrol(token, password=PASSWORD, secret=secret, code=right, at=NOW)
    stored = installed.accounts.find_one({"_id": added.id})
    assert stored is not None
    assert secret not in str(stored)
    assert PASSWORD not in str(stored)
    assert sign_in.with_password(added.email, PASSWORD, DOOR).id == added.id
    with pytest.raises(NotFound):
        people.enrol(token, password=PASSWORD, secret=secret, code=right, at=NOW)


def test_the_square_code_holds_the_secret_and_is_no_markup_of_ours():
    shown = codes.shown(SECRET, EMAIL)
    assert shown.typed.replace(" ", "") == SECRET
    assert shown.drawing.startswith("data:image/svg+xml")


def test_a_session_is_kept_under_a_digest_and_ends_from_anywhere(installed, officer):
    for name in ("cookie-one", "cookie-two"):
        signed_in.remember(
            name,
            {"_user_id": officer.id},
            account=officer.id,
            device="Firefox",
            at=NOW,
            expires_at=NOW + timedelta(hours=1),
        )
    assert "cookie-one" not in str(list(installed.sessions.find()))
    reader = sign_in.viewer_of(officer, NOW)
    mine = signed_in.mine(reader, NOW)
    assert [session.device for session in mine] == ["Firefox", "Firefox"]
    for session in mine:
        signed_in.end_mine(replace(reader, account="somebody-else"), session.id)
    assert len(signed_in.mine(reader, NOW)) == 2
    signed_in.end_mine(reader, mine[0].id)
    assert len(signed_in.mine(reader, NOW)) == 1
    assert signed_in.recall("cookie-one", NOW + timedelta(hours=2)) is None


def test_times_are_of_the_authority_and_kept_in_utc(officer):
    signed_in.remember("cookie", {}, account=officer.id, device="", at=NOW, expires_at=NOW + timedelta(hours=1))
    (session,) = signed_in.mine(sign_in.viewer_of(officer, NOW), NOW)
    assert session.seen_at.tzinfo == UTC


def test_a_sign_in_mail_speaks_the_language_of_its_reader(teacher):
    signed_in.reads(sign_in.viewer_of(teacher, NOW), "cy")
    sign_in.send_link(teacher.email, DOOR, "https://frontdoor.example")
    (mail,) = messages.outbox(INSIDE)
    assert (mail.subject, mail.language) == ("Eich dolen fewngofnodi", "cy")
    assert "Use this link" not in mail.body


def test_who_asks_on_a_welsh_page_gets_a_welsh_mail_and_others_an_english_one(teacher):
    sign_in.send_link(teacher.email, DOOR, "https://frontdoor.example", language="cy")
    sign_in.send_link(teacher.email, DOOR, "https://frontdoor.example")
    assert {mail.subject for mail in messages.outbox(INSIDE)} == {"Eich dolen fewngofnodi", "Your sign-in link"}


def test_an_account_is_announced_in_its_language(teacher, officer):
    for account, tell, subject in (
        (teacher, sign_in.welcome, "Mae eich cyfrif yn barod"),
        (officer, sign_in.invite, "Gosodwch eich cyfrif"),
    ):
        tell(replace(account, language="cy"), "https://frontdoor.example", NOW)
        assert [mail.subject for mail in messages.outbox(INSIDE) if mail.to == account.email] == [subject]
