"""Partners of the shipped demonstration authority at their browsers, and what they write in the intake form."""

from typing import Any

from flask import Flask
from tests.services.builders import DERBY
from tests.web.plain_browser import Browser

from frontdoor.domain.access import system_viewer
from frontdoor.domain.account import Account, Organisation
from frontdoor.store import accounts, organisations

SCHOOL = "school"
PAGES: dict[str, dict[str, Any]] = {
    "safeguarding": {"concern": "no"},
    "referrer": {"referrer_source": "2A", "referrer_role": "Deputy head"},
    "family": {
        "family_name": "O'Brien-Nguyễn",
        "address-line_1": "14 Larkspur Walk",
        "address-town": "Derby",
        "address-postcode": "zz99 3vz",
        "address_confidential": "no",
        "safe_to_call": "yes",
    },
    "members": {
        "relationship": "child",
        "given_name": "Aoife",
        "family_name": "O'Brien-Nguyễn",
        "dob-year": "2014",
        "members_complete": "no",
    },
    "crime": {"offence": "no", "asb": "no"},
    "education": {"excluded": "no", "suspended": "no", "absent": "dont_know", "pru": "no", "off_roll": "no"},
    "work": {"benefits": "dont_know"},
    "local": {"local_criteria": ["none"]},
    "agencies": {"lead_worker": "dont_know"},
    "agreement": {"agreement": "not_sought", "family_aware": "dont_know"},
    "documents": {},
}


class Partner(Browser):
    """Somebody of a partner organisation."""

    def __init__(self, app: Flask, name: str = "Tess Teacher", organisation: str = SCHOOL) -> None:
        inside = system_viewer(DERBY)
        account = f"{organisation}-{name.split()[0].lower()}"
        if organisation not in {one.id for one in organisations.all_of(inside)}:
            organisations.add(
                inside, Organisation(organisation, DERBY, f"{organisation.title()} of Larkspur", "school")
            )
        if account not in {one.id for one in accounts.everybody(inside)}:
            email = f"{account}@example.org"
            accounts.add(inside, Account(account, DERBY, "partner", email, name, organisation=organisation))
        super().__init__(app, account)

    def begins(self) -> str:
        """Begin a nomination; return the address of the draft."""
        self.client.post("/partner/new/derby", data={"csrf_token": self.token()})
        self.open("/partner")
        found = self.page.text.partition('href="/forms/')[2].partition('"')[0]
        self.open(f"/forms/{found}")
        return f"/forms/{found}"

    def fills(self, draft: str, *, until: str = "check", **more: dict[str, Any]) -> None:
        """Fill in page after page as `PAGES` says, or as `more` says for a page, up to but not with `until`."""
        self.open(f"{draft}/safeguarding")
        for page, usual in PAGES.items():
            if page == until:
                return
            assert self.where == f"{draft}/{page}", (self.where, self.problems)
            answers = {**usual, **more.get(page, {})}
            self.press(self.in_row(answers) if page == "members" else answers)
            if "more=1" in self.page.request.url:
                self.press(more.get(f"{page}_more", {}))
        assert self.where == f"{draft}/check", (self.where, self.problems)

    def in_row(self, answers: dict[str, Any], place: int = 0) -> dict[str, Any]:
        """Answers of one member under the names that their controls have in the row at `place`."""
        row = self.form().names() and [one.value for one in self.form().controls if one.name == "members-rows"][place]
        return {name if name == "members_complete" else f"members-{row}-{name}": text for name, text in answers.items()}

    def sends(self) -> str:
        """Press the button under the checked answers; return the reference."""
        self.press()
        assert self.where.endswith("/sent"), self.words
        return self.words.partition("Your reference ")[2].split()[0]
