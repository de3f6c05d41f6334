"""The people of the stories, and what each does with the pages. A test reads as what they did; this knows how."""

import re
from collections.abc import Mapping
from typing import Any

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.devices import Device
from tests.journeys.form_filling import fill_in
from tests.journeys.product import Product

REFERENCE = re.compile(r"\b[A-Z]{2,4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, browser: Browser, product: Product, device: Device) -> None:
        self.product, self.device = product, device
        self.context: BrowserContext = device.context(browser, product.address)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda told: self._hear(told.type, told.text))
        self.page.on("pageerror", lambda error: self._hear("error", str(error)))

    def _hear(self, kind: str, text: str) -> None:
        """Keep what the browser complains of: a refused style or script, a fault in ours. A 4xx page is no fault."""
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(text)

    def leaves(self) -> None:
        """Close the browser, which must have had nothing to complain of."""
        self.context.close()
        assert self.complaints == []

    def opens(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)

    def follows(self, words: str | re.Pattern[str]) -> None:
        """Follow the first link of that name, also one that looks like a button."""
        self.page.locator("a:visible").filter(has_text=words).first.click()
        self.page.wait_for_load_state()

    def presses(self, words: str | re.Pattern[str]) -> None:
        """Press the last button of that name: the one that a person sees."""
        self.page.get_by_role("button", name=words).last.click()
        self.page.wait_for_load_state()

    def reads(self, *words: str | re.Pattern[str]) -> None:
        """Find each of these on the page, in sight or behind "show more"."""
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one, use_inner_text=False)

    def does_not_read(self, *words: str) -> None:
        """Find none of these on the page."""
        for one in words:
            expect(self.page.locator("main")).not_to_contain_text(one, use_inner_text=False)

    def signs_in_as(self, name: str) -> None:
        """Use the demonstration's button with that person's name."""
        self.opens("/")
        self.presses(name)

    def signs_out(self) -> None:
        """End the session."""
        self.presses("Sign out")

    def writes(self, answers: Mapping[str, Any]) -> None:
        """Fill in every page up to checking the answers."""
        fill_in(self.page, answers)

    def sends(self, *, twice: bool = False) -> str:
        """Send it, in haste with two taps, and return the reference that the page gives."""
        button = self.page.locator("form[action$='/send'] button").last
        button.dblclick() if twice else button.click()
        self.page.wait_for_url(re.compile("/(sent|cases/[^/]+)$"))
        return self.reference()

    def reference(self) -> str:
        """The reference on the page."""
        found = REFERENCE.search(self.page.locator("main").inner_text())
        assert found, f"no reference on {self.page.url}"
        return found[0]


class Partner(Person):
    """Somebody in a school, a health service, the police."""

    def signs_in_by_link(self, address: str) -> None:
        """Ask for a link, read the e-mail, open it and press the button."""
        before = len(self.product.mailbox.of(address))
        self.opens("/sign-in/partner")
        self.page.get_by_label("Your work e-mail address").fill(address)
        self.presses("Send me a link")
        self.page.goto(self.product.mailbox.next_link(address, before))
        self.presses("Sign in now")

    def begins_a_nomination(self) -> None:
        """Press the start button of their own page."""
        self.opens("/partner")
        self.page.locator("form[action*='/partner/new/'] button").first.click()
        self.page.wait_for_load_state()

    def nominates(self, answers: Mapping[str, Any]) -> str:
        """Begin, fill in and send; return the reference."""
        self.begins_a_nomination()
        self.writes(answers)
        return self.sends()

    def tracker_of(self, reference: str) -> list[str]:
        """How a nomination stands, in the words that the sender reads; without the times, which differ."""
        self.opens("/partner")
        self.page.locator("main li", has_text=reference).get_by_role("link").first.click()
        return [one.inner_text() for one in self.page.locator(".fd-steps__words").all()]


class Staff(Person):
    """Somebody of the council."""

    def enrols(self, link: str, password: str) -> str:
        """Set an account up from the invitation; return the secret that the code app keeps."""
        self.page.goto(link)
        secret = self.page.locator("code").first.inner_text().replace(" ", "")
        self.page.get_by_label("Choose a password").fill(password)
        self.page.get_by_label("Six digits that the app shows now").fill(self.code(secret))
        self.presses("Finish")
        return secret

    def signs_in_by_password(self, email: str, password: str, secret: str) -> None:
        """E-mail and password, then the app's six digits."""
        self.opens("/sign-in")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.presses("Continue")
        self.page.get_by_label("Six digits").fill(self.code(secret))
        self.presses("Sign in")

    def code(self, secret: str) -> str:
        """What the code app shows by the product's clock."""
        return pyotp.TOTP(secret).at(self.product.now)


class Officer(Staff):
    """Front-door officer, duty worker, team leader: whoever works a case."""

    def opens_case(self, reference: str) -> None:
        """Open a case from the queue, as one does."""
        self.opens("/queue")
        self.follows(reference)

    def records_a_call(self, *, of: str, day: str, at: str, name: str = "") -> list[str]:
        """Begin to record a call: look the name up first; return the references that were found."""
        self.opens("/contacts/new")
        self.page.get_by_label("Name of the family or of somebody in it").fill(of)
        self.page.get_by_label(re.compile("[Tt]elephone|[Pp]hone")).first.check()
        for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
            self.page.locator(f"[name='received-{part}']").fill(str(int(text)))
        self.page.get_by_label("Time").fill(at)
        if name:
            self.page.get_by_label(re.compile("^Name \\(optional")).fill(name)
        else:
            self.page.get_by_label("They want to stay anonymous").check()
        self.presses("Look")
        found = REFERENCE.findall(self.page.locator("#found").inner_text())
        self.presses("Go to the form")
        return found

    def finds(self, name: str) -> list[str]:
        """Search by name; return the references found."""
        self.opens("/search")
        self.page.get_by_role("searchbox").last.fill(name)
        self.presses("Search")
        return REFERENCE.findall(self.page.locator("main").inner_text())

    def records(self, check: str, value: str, source: str, *, of: str = "") -> None:
        """Record what a source says about a fact that a decision waits for."""
        self.unfolds()
        links = self.page.get_by_role("link", name=re.compile("Record what a source says"))
        there = {one.inner_text(): one.get_attribute("href") or "" for one in links.all()}
        found = [href for words, href in there.items() if check in words and of in words]
        assert found, f"nothing to record about {check} {of}, only {list(there)}"
        self.page.goto(found[0])
        self.states(value, source)

    def unfolds(self) -> None:
        """Open everything that is folded away on the page."""
        folded = self.page.locator("main details:not([open]) > summary:visible")
        while folded.count():
            folded.first.click()

    def states(self, value: str, source: str) -> None:
        """Fill in the page about one fact and record it."""
        main = self.page.locator("main")
        if main.locator(".govuk-date-input [id=value], .govuk-date-input [name='value-day']").count():
            for part, text in zip(("year", "month", "day"), value.split("-"), strict=True):
                main.locator(f"[name='value-{part}']").fill(str(int(text)))
        elif value == "none":
            main.get_by_label(re.compile("holds none|holds nothing")).check()
        elif main.locator(f"input[name=value][value='{value}']").count():
            main.locator(f"input[name=value][value='{value}']").check()
        else:
            main.locator("[name=value]").fill(value)
        main.get_by_label(source, exact=True).check()
        self.presses("Record")

    def proposal(self, code: str) -> str:
        """The tag beside a decision: what is proposed or was confirmed."""
        return self.page.locator(f"#decision-{code} .fd-tag").first.inner_text()

    def confirms(self, code: str) -> None:
        """Confirm what is proposed."""
        self._acts("confirm", code)
        self.presses(re.compile("^Confirm"))

    def decides_otherwise(self, code: str, outcome: str, reason: str) -> None:
        """Override a proposal, with the reason."""
        self._acts("override", code)
        self.page.get_by_label(outcome, exact=True).check()
        self.page.get_by_label(re.compile("[Rr]eason|Why")).fill(reason)
        self.page.locator("main form button").last.click()
        self.page.wait_for_load_state()

    def _acts(self, what: str, code: str) -> None:
        link = self.page.locator(f"main a[href$='/decisions/{code}/{what}']").first
        link.click()
        self.page.wait_for_load_state()

    def receipts(self, code: str) -> list[str]:
        """The addresses of a decision's receipts, oldest first."""
        found = self.page.locator(f"#decision-{code} a.fd-receipt-link").all()
        return [one.get_attribute("href") or "" for one in found]


class Configurer(Staff):
    """Who changes a threshold, and who approves it."""

    def begins_a_change(self, title: str) -> None:
        """Begin a change by its title."""
        self.opens("/changes")
        self.follows("Begin a change")
        self.page.get_by_label("What is it, and who decided it?").fill(title)
        self.presses("Begin")

    def sets(self, words: str, value: str, because: str) -> None:
        """Find a value by its words, set it and say why."""
        self.follows("Change a value")
        self.page.get_by_label("Words in it").fill(words)
        self.presses("Show")
        self.follows(re.compile("^Edit"))
        self.page.locator("[name=value]").fill(value)
        self.page.get_by_label("Why, and on whose authority?").fill(because)
        self.presses("Save in the draft")

    def checks(self) -> None:
        """Have every check run, with past cases decided again, and wait for a proof that takes long."""
        self.page.get_by_role("button", name=re.compile("^Check it")).last.click(timeout=60_000)
        self.page.wait_for_load_state()
        for _ in range(60):
            if not self.page.get_by_text("Proving…").count():
                return
            self.page.wait_for_timeout(1_000)
            self.page.reload()

    def submits(self, *, day: str = "") -> None:
        """Submit for approval: for at once, or from the beginning of a day; what is asked before that is answered."""
        if self.page.get_by_role("button", name="Answer the questions of equality and data protection").count():
            self.screens()
        self.follows("Submit for approval")
        if day:
            self.page.get_by_label("From the beginning of a day").check()
            for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
                self.page.locator(f"[name='from-{part}']").fill(str(int(text)))
        else:
            self.page.get_by_label("As soon as it is approved and published").check()
        self.presses("Submit")

    def screens(self) -> None:
        """Answer the questions of equality and data protection."""
        self.follows("Answer the questions of equality and data protection")
        for name in ("groups", "evidence", "mitigation"):
            self.page.locator(f"textarea[name={name}]").fill("Looked at by age; nothing was found.")
        for name, code in (("equality", "watched"), ("new_data", "no"), ("person_decides", "yes"), ("dpia", "covered")):
            self.page.locator(f"input[name={name}][value={code}]").check()
        self.presses("Keep these answers")

    def opens_change(self, title: str) -> None:
        """Open a change from the list."""
        self.opens("/changes")
        self.follows(title)
