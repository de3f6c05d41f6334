"""What the demonstration lacks and the pages can show: long words, many rows, things half done and to be agreed."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from tests.journeys.devices import DESKTOP
from tests.journeys.families import FEATHERSTONE, NOTHING_KNOWN
from tests.journeys.people import Configurer, Officer, Partner, Staff
from tests.journeys.product import Product

from frontdoor.domain.access import system_viewer
from frontdoor.domain.forms.accept import accept
from frontdoor.services import nominate, programmes, sign_in
from frontdoor.store import accounts

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
LONG_TEXT = f"{LONG_WORD} " + "She told the class teacher, and the class teacher wrote it down as she said it. " * 40
TITLE = f"Two local concerns, after {LONG_WORD}, partnership board of 12 March 2026, item 4"


def a_family_of_twenty(at: datetime) -> str:
    """A nomination with everything as long as it may be; returns its reference."""
    programme = programmes.live("derby-city", "derby", at)
    deputy = next(
        one for one in accounts.everybody(system_viewer("derby-city")) if one.email == "deputy@st-wystans.example"
    )
    members = [
        {"id": f"m{place:03}", "relationship": "child", "given_name": f"{LONG_WORD}{place}", "family_name": LONG_WORD,
         "dob": f"20{10 + place // 2}-05-02", "school": f"{LONG_WORD} School"}
        for place in range(20)
    ]  # fmt: skip
    told: dict[str, Any] = {
        **FEATHERSTONE, **NOTHING_KNOWN, "concern": "not_sure", "harm_details": LONG_TEXT[:1900],
        "family_name": f"{LONG_WORD}-{LONG_WORD}", "members": members, "local_details": LONG_TEXT[:3900],
        "other_information": LONG_TEXT[:3900], "referrer_name": f"{LONG_WORD} Jones",
    }  # fmt: skip
    for gone in ("offence_who", "offence_on", "absent_who"):
        del told[gone]
    answers = accept(programme.forms["e_nomination"], told, as_of=programme.calendar.local_date(at))
    arrival = nominate.Arrival(received_at=at, recorded_at=at, channel="e_form", key="a-family-of-twenty")
    return nominate.nominate(sign_in.viewer_of(deputy, at), programme, answers, arrival).reference


def half_done(browser: Browser, product: Product, file: Path) -> dict[str, list[str]]:
    """Leave things half done, as people do; return the addresses that only their doer would know, by their names."""
    return {
        "Tomasz Wiśniewski": _draft(browser, product, "Tomasz Wiśniewski", file),
        "Rosalind Eze": _draft(browser, product, "Rosalind Eze", file),
        "Margaret Achterberg-Lloyd": _sent(browser, product),
        "Yusuf Rahman": _form_of_a_case(browser, product),
        "nobody": _links(browser, product),
        "Iona Macrae": _changes(browser, product),
        "Gwyneth Parry-Jones": _replayed(browser, product),
    }


def _draft(browser: Browser, product: Product, name: str, file: Path) -> list[str]:
    """A nomination with a file, never sent: every page of its form, and the file."""
    partner = Partner(browser, product, DESKTOP)
    partner.signs_in_as(name)
    partner.begins_a_nomination()
    draft = re.findall(r"/forms/[0-9a-f]+", partner.page.url)[0]
    partner.opens(f"{draft}/documents")
    partner.page.locator("input[type=file]").set_input_files(file)
    partner.presses("Save and continue")
    partner.opens(f"{draft}/documents")
    kept = partner.page.locator("input[name=forget]").get_attribute("value")
    partner.opens(f"{draft}/check")
    pages = [one.get_attribute("href") or "" for one in partner.page.locator(f"main a[href^='{draft}/']").all()]
    partner.leaves()
    return [draft, f"{draft}/check", f"{draft}/discard", f"/forms/files/{kept}", *dict.fromkeys(pages)]


def _sent(browser: Browser, product: Product) -> list[str]:
    """A nomination that was sent just now: the page that thanks for it."""
    partner = Partner(browser, product, DESKTOP)
    partner.signs_in_as("Margaret Achterberg-Lloyd")
    partner.nominates(FEATHERSTONE)
    thanks = partner.page.url.removeprefix(product.address)
    partner.leaves()
    return [thanks]


def _form_of_a_case(browser: Browser, product: Product) -> list[str]:
    """The form of a stage, begun; and a wish to lower a safeguarding outcome."""
    officer = Officer(browser, product, DESKTOP)
    officer.signs_in_as("Yusuf Rahman")
    officer.opens("/queue")
    officer.page.locator("tr", has_text="O\u2019Brien-Nguyễn").get_by_role("link").first.click()
    case = officer.page.url
    officer.page.locator("form[action*='/forms/'] button").first.click()
    officer.page.wait_for_url(re.compile("/forms/[0-9a-f]+/"))
    draft = re.findall(r"/forms/[0-9a-f]+", officer.page.url)[0]
    officer.opens(case + "/ask")
    officer.page.locator("main textarea").fill(f"Which school does he go to? {LONG_WORD}")
    officer.presses("Ask")
    officer.opens("/queue")
    officer.page.locator("tr", has_text="Haider").get_by_role("link").first.click()
    other = officer.page.url.rpartition("/")[2]
    officer.decides_otherwise("S0", "No concern on the screen", f"The school explained it. {LONG_WORD}")
    officer.leaves()
    join = f"{case.removeprefix(product.address)}/family/{other}/join"
    return [join, draft, f"{draft}/check", *(f"{draft}/{page}" for page in ("record", "verification", "checks"))]


def _links(browser: Browser, product: Product) -> list[str]:
    """A partner's link and an invitation, not used yet."""
    partner, email = Partner(browser, product, DESKTOP), "head@st-wystans.example"
    before = len(product.mailbox.of(email))
    partner.opens("/sign-in/partner")
    partner.page.get_by_label("Your work e-mail address").fill(email)
    partner.presses("Send me a link")
    sign_in_link = product.mailbox.next_link(email, before)
    partner.leaves()
    administrator, invited = Staff(browser, product, DESKTOP), "ottoline@derby-city.example"
    administrator.signs_in_as("Samuel Osei")
    administrator.opens("/accounts/new")
    administrator.page.get_by_label("Name").fill(f"Ottoline {LONG_WORD}")
    administrator.page.get_by_label("Work e-mail address").fill(invited)
    administrator.page.get_by_label("Front-door officer").check()
    administrator.presses("Add and send the link")
    enrol_link = product.mailbox.next_link(invited, 0)
    administrator.leaves()
    return [link.removeprefix(product.address) for link in (sign_in_link, enrol_link)]


def _changes(browser: Browser, product: Product) -> list[str]:
    """One change that is published, one that waits for approval, one that is checked and not submitted."""
    configurer, approver = Configurer(browser, product, DESKTOP), Configurer(browser, product, DESKTOP)
    configurer.signs_in_as("Iona Macrae")
    approver.signs_in_as("Feliks Nowak")
    addresses = []
    for place, words in enumerate(("Suspensions that meet", "How far back crime", "Age from which a person counts")):
        title = f"{place}: {TITLE}"
        configurer.begins_a_change(title)
        addresses.append(configurer.page.url.removeprefix(product.address))
        configurer.sets(words, "17" if "Age" in words else "6", LONG_TEXT[:900])
        configurer.checks()
        if place == 2:
            break
        configurer.submits()
        if place == 0:
            approver.opens_change(title)
            approver.presses("Approve")
            configurer.opens_change(title)
            configurer.presses("Publish")
    tried = _trial(configurer)
    configurer.leaves()
    approver.leaves()
    rules = f"{addresses[-1]}/rules"
    parts = ("checks?at=/facts/permanent_exclusion", "entry?in=/facts", "example?table=TFP1-E", "table?at=TFP1-E")
    return [
        *addresses, *tried, *(f"{addresses[-1]}/{page}" for page in ("screening", "record", "submit")), "/lab", rules,
        f"{rules}/why", f"{rules}/new", f"{rules}/eligibility", *(f"{rules}/eligibility/{one}" for one in parts),
    ]  # fmt: skip


def _trial(configurer: Configurer) -> list[str]:
    """A form of a draft in test mode with nothing filled in, kept as a test family that one thing is wrong with."""
    configurer.begins_a_change(f"Tried: {TITLE}")
    change = configurer.page.url.removeprefix(configurer.product.address)
    designed = _designed(configurer, change)
    configurer.opens(f"{change}/try")
    configurer.page.locator("input[name=part]").first.check()
    configurer.presses("Begin")
    trial = configurer.page.url.removeprefix(configurer.product.address).partition("/page/")[0]
    configurer.opens(f"{trial}/outcome")
    configurer.page.get_by_label("Whom is it about?").fill(f"Nothing said yet {LONG_WORD}")
    configurer.page.locator("[id^=outcome-]").first.fill("otherwise / IT_SHOULD_BE")
    configurer.presses("Keep as a test family")
    pages = ("check", "outcome", "known")
    return [
        change, trial, *(f"{trial}/{page}" for page in pages), *designed,
        *(f"{change}/{page}" for page in ("try", "try/closure", "families", "families/past")),
    ]  # fmt: skip


def _designed(configurer: Configurer, change: str) -> list[str]:
    """A question of a form of a draft with another hint: the pages of the designer."""
    form = f"{change}/forms/closure"
    configurer.opens(f"{change}/forms/why")
    configurer.page.get_by_label("Why, and on whose authority?").fill(f"Board, item 4 {LONG_WORD}")
    configurer.presses("Continue")
    configurer.opens(f"{form}/entry?at=/questions/planned")
    configurer.page.get_by_label("Hint (English)").fill(f"As agreed {LONG_WORD}")
    configurer.presses("Save in the draft")
    pages = ("add?page=closure", "entry?at=/questions/planned", "entry?in=/pages", "remove?at=/questions/planned")
    return [f"{change}/forms", f"{change}/forms/why", f"{change}/forms/new", form, *(f"{form}/{one}" for one in pages)]


def _replayed(browser: Browser, product: Product) -> list[str]:
    """Every decision replayed, or still being replayed."""
    auditor = Staff(browser, product, DESKTOP)
    auditor.signs_in_as("Gwyneth Parry-Jones")
    auditor.opens("/replays")
    auditor.presses("Replay every decision")
    auditor.leaves()
    return ["/replays"]
