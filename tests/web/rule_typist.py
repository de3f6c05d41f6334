"""A configurer at the rule editors: reads pages, fills in boxes, presses buttons; has no other way to the rules.

Every post sends the whole form of the page in sight, as a browser does. What is to be typed is given as a document,
which is only looked at, as one looks at a paper.
"""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.web.administering import Person

from frontdoor.domain.canonical import find, pointer
from frontdoor.domain.orders import in_order
from frontdoor.domain.rules.dialect import edits, tree
from frontdoor.domain.rules.dialect.boxes import sort_of
from frontdoor.domain.rules.dialect.drafting import draft as drafted
from frontdoor.domain.rules.dialect.operators import kind_of
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.verification import verification_boxes


class Reading(HTMLParser):
    """Collects each form of a page: its address, what its controls hold, and its buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self._form: dict | None = None
        self._list = self._area = ""
        self._first = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "form":
            self._form = {"action": told.get("action", ""), "fields": [], "buttons": [], "options": {}}
            self.forms.append(self._form)
        elif self._form is not None and tag in ("input", "button", "textarea", "select", "option"):
            getattr(self, f"_{tag}")(told, name)

    def _input(self, told, name):
        ticked = told.get("type") not in ("checkbox", "radio") or "checked" in told
        self._form["options"].setdefault(name, []).append(told.get("value") or "")
        if ticked:
            self._form["fields"].append((name, told.get("value") or ""))

    def _button(self, told, name):
        self._form["buttons"].append((name, told.get("value") or ""))

    def _textarea(self, told, name):
        self._area = name
        self._form["fields"].append((name, ""))

    def _select(self, told, name):
        self._list, self._first = name, None
        self._form["fields"].append((name, ""))

    def _option(self, told, name):
        value = told.get("value") or ""
        self._form["options"].setdefault(self._list, []).append(value)
        if "selected" in told or self._first is None:
            self._first = value
            self._form["fields"][-1] = (self._list, value)

    def handle_data(self, data):
        if self._form is not None and self._area:
            name, held = self._form["fields"][-1]
            self._form["fields"][-1] = (name, held + data)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._list = ""


class Configurer:
    """Somebody who may edit changes, with a change open."""

    def __init__(self, person: Person, change: str) -> None:
        self.person, self.change = person, change
        self.at, self.page, self.status = "", "", 0

    def opens(self, address: str) -> str:
        answer = self.person.get(address)
        return self._shown(answer, address)

    def _shown(self, answer, address: str) -> str:
        while answer.status_code == 303:
            address = answer.location
            answer = self.person.get(address.partition("#")[0])
        self.at, self.page, self.status = address, answer.text, answer.status_code
        return self.page

    @property
    def form(self) -> dict:
        """The form of the page that is not one of the layout's or a single button."""
        here = urlsplit(self.at).path
        found = [one for one in Reading(self.page).forms if one["action"] in ("", here)]
        assert found, f"no form on {self.at}"
        return found[-1]

    def sends(self, button: tuple[str, str], boxes: dict[str, list[str]] | None = None) -> str:
        """Type into some boxes of the form and press one of its buttons."""
        form, boxes = self.form, boxes or {}
        for name, values in boxes.items():
            offered = form["options"].get(name)
            known = {held for held, _ in form["fields"]} | set(form["options"])
            assert name in known, f"{name} is not on {self.at}: {sorted(known)}"
            selects = offered is not None and len(offered) > 1 and name not in {"c.value"}
            if selects and any(value not in offered for value in values):
                assert not name.endswith((".subject", ".operator", ".with", ".of", "decision")), (name, values)
        assert button in form["buttons"] or not button[0], f"{button} is not on {self.at}: {form['buttons']}"
        sent = [pair for pair in form["fields"] if pair[0] not in boxes]
        sent += [(name, value) for name, values in boxes.items() for value in values]
        sent += [button] if button[0] else []
        data: dict[str, list[str]] = {}
        for name, value in sent:
            data.setdefault(name, []).append(value)
        here = urlsplit(self.at).path if not form["action"] else form["action"]
        return self._shown(self.person.browser.post(here, data=data), here)

    def says_why(self, because: str) -> None:
        self.opens(f"/changes/{self.change}/rules/why")
        self.sends(("", ""), {"because": [because]})
        assert self.status == 200, self.status

    def presses_in_list(self, at: str, do: str, page: str) -> None:
        """Press a button beside an entry in its list."""
        self.opens(page)
        for form in Reading(self.page).forms:
            if form["action"].endswith("/arrange") and ("at", at) in form["fields"] and ("do", do) in form["buttons"]:
                data = {**dict(form["fields"]), "do": do}
                self._shown(self.person.browser.post(form["action"], data=data), form["action"])
                return
        raise AssertionError(f"no button {do} beside {at} on {page}")


class Typist(Configurer):
    """Types a whole rule set, entry by entry."""

    def begins(self, title: dict[str, str]) -> str:
        self.opens(f"/changes/{self.change}/rules/new")
        self.sends(("", ""), {f"title.{code}": [words] for code, words in title.items()})
        self.rules = urlsplit(self.at).path
        return self.rules.rpartition("/")[2]

    def adds(self, paper: dict, place: tuple[str, ...], names=None) -> None:
        """Add one entry as it is on paper, with its condition."""
        sort = sort_of(place)
        end = sort in ("otherwise", "when_unknown")
        where = f"at={pointer(place)}" if end else f"in={pointer(place[:-1])}"
        self.opens(f"{self.rules}/entry?{where}")
        boxes = {name: list(values) for name, values in edits.boxes_of(paper, place).items()}
        if "value" in boxes or "bounds/options" in boxes:
            boxes |= {name: ["\n".join(boxes[name])] for name in ("value", "bounds/options") if name in boxes}
        held = find(paper, place, {})
        rule = held.get("when", held.get("logic"))
        if rule is not None and sort in ("row", "fact"):
            self.types_rule(rule, boxes, held, names(held.get("over", "")), sort)
        self.sends(("save", "yes"), {**boxes, **({} if end else {"id": [place[-1]]})})
        assert not re.search(r"<title>\s*Error:", self.page), (
            place,
            self.page[self.page.find("govuk-error-s") :][:900],
        )

    def types_rule(self, logic, boxes, held, names, sort) -> None:
        kind = "boolean" if sort == "row" else kind_of(held["type"])
        rule = read(logic, kind)
        assert not isinstance(rule, tree.Advanced)
        if sort == "fact":
            self.sends(("press", "rule"), boxes)
        self.types_clause(drafted(rule, names, kind))

    def types_clause(self, paper, at: str = "c") -> None:
        held = dict(self.form["fields"])
        if held.get(f"{at}.kind") != paper.kind:
            self.sends(("press", f"{at}:as_{paper.kind}"))
        self.types_boxes(paper, at)
        while f"{at}.{len(paper.parts) + 1}.kind" in dict(self.form["fields"]):
            self.sends(("press", f"{at}.1:remove"))
        while f"{at}.{len(paper.parts)}.kind" not in dict(self.form["fields"]) and paper.parts:
            self.sends(("press", f"{at}:add_{'case' if paper.kind == 'cases' else 'test'}"))
        for place, part in enumerate(paper.parts, start=1):
            self.types_clause(part, f"{at}.{place}")

    def types_boxes(self, paper, at: str) -> None:
        """Type box after box: what there is to fill in follows from what was chosen before."""
        wanted = {f"{at}.{name}": list(values) for name, values in paper.boxes.items() if any(values)}
        while wanted:
            there = dict(self.form["fields"]).keys() | self.form["options"].keys()
            now = {name: values for name, values in wanted.items() if name in there}
            assert now, f"{sorted(wanted)} never appear on {self.at}: {sorted(there)}"
            self.sends(("press", ""), now)
            wanted = {name: values for name, values in wanted.items() if name not in now}

    def moves(self, paper: dict, place: tuple[str, ...], made: list[str]) -> None:
        """Bring a new entry, which stands last, to where it stands on paper."""
        wanted = [key for key in in_order(find(paper, place[:-1], {})) if key in {*made, place[-1]}]
        up = len(wanted) - 1 - wanted.index(place[-1])
        page = self.page_of(place)
        for _ in range(up):
            self.presses_in_list(pointer(place), "up", page)

    def page_of(self, place: tuple[str, ...]) -> str:
        if place[0] == "decisions":
            return f"{self.rules}/table?at={place[1]}"
        return f"{self.rules}/entry?at={pointer(place[:2])}" if len(place) > 2 else self.rules

    def types_entries(self, paper: dict, at: tuple[str, ...], names=None) -> None:
        """In tens first, then those that stand between two others."""
        beside = find(paper, at, {})
        wanted, made = in_order(beside), []
        for key in sorted(wanted, key=lambda key: (beside[key]["order"] % 10 != 0, wanted.index(key))):
            self.adds(paper, (*at, key), names)
            self.moves(paper, (*at, key), made)
            made.append(key)

    def types_checks(self, paper: dict, key: str) -> None:
        fact = paper["facts"][key]
        for part in ("sources", "options"):
            self.types_entries(paper, ("facts", key, "verify", part))
        if "schema" in fact.get("verify", {}):
            self.opens(f"{self.rules}/checks?at=/facts/{key}")
            boxes = {name: list(values) for name, values in verification_boxes(fact).items()}
            if "codes" in boxes:
                boxes["codes"] = ["\n".join(boxes["codes"])]
            self.sends(("", ""), boxes)
            assert self.status == 200, key

    def types_table(self, paper: dict, code: str, names) -> None:
        at = ("decisions", code)
        self.adds(paper, at)
        self.types_entries(paper, (*at, "outcomes"))
        self.types_entries(paper, (*at, "rows"), names)
        for end in ("otherwise", "when_unknown"):
            if end in paper["decisions"][code]:
                self.adds(paper, (*at, end))
