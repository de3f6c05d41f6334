"""Strong Kleene evaluation of decision logic, operator by operator, on abstract values: the oracle of the translation.

Written apart from the translation, straight from the table in ADR 0003: it recurses over the rule and the data and
never writes a rule.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

INFINITE = float("inf")
FAR = {"low": "0000-00-00", "high": "9999-99-99"}


@dataclass(frozen=True)
class Is:
    """An abstract value: known, none, between bounds (None: no such bound), or wholly unknown."""

    value: Any = None
    none: bool = False
    low: Any = None
    high: Any = None
    number: bool = False

    @property
    def known(self):
        return self.none or self.value is not None

    def ends(self):
        return (self.value, self.value) if self.value is not None else (self.low, self.high)


@dataclass(frozen=True)
class Many:
    """A list: elements with how surely each is in (True or None), and whether there can be no others."""

    elements: tuple = ()
    complete: bool = True


@dataclass(frozen=True)
class Either:
    """`if` as a value, while nothing has been asked of it."""

    test: Any
    yes: Any
    no: Any


TRUTHS = ("b1", "b2", "b3", "out")  # the names of what is true or false
UNKNOWN, NONE = Is(), Is(none=True)


def known(value):
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return NONE if value is None else Is(value, number=number)


def both(*truths):
    return False if False in truths else None if None in truths else True


def one(*truths):
    return True if True in truths else None if None in truths else False


def turned(truth):
    return None if truth is None else not truth


def chosen(test, yes, no):
    """The truth of `if`: what both branches share where the test is unknown."""
    if test is None:
        return yes if yes is no else None
    return yes if test else no


def truth(value):
    """True, False or None (unknown)."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Either):
        return chosen(value.test, truth(value.yes), truth(value.no))
    if isinstance(value, Many):
        if any(sure for _, sure in value.elements):
            return True
        return False if value.complete and not value.elements else None
    if value.none:
        return False
    if value.value is not None:
        return bool(value.value)
    if isinstance(value.low, str) or isinstance(value.high, str):
        return True
    return True if (value.low or 0) > 0 or (value.high or 0) < 0 else None


def plain(value):
    """An `Is` of anything: conditions become known trues and falses, `if` its hull."""
    if isinstance(value, bool):
        return known(value)
    if value is None:
        return UNKNOWN
    if not isinstance(value, Either):
        return value
    yes, no = plain(value.yes), plain(value.no)
    if value.test is not None:
        return yes if value.test else no
    if isinstance(yes, Is) and isinstance(no, Is):
        if yes.none and no.none:
            return NONE
        if yes.number and no.number:
            (first, last), (start, end) = yes.ends(), no.ends()
            low = None if None in (first, start) else min(first, start)
            high = None if None in (last, end) else max(last, end)
            return between(low, high)
        return replace(UNKNOWN, number=yes.number and no.number)
    return UNKNOWN


def between(low, high):
    if low is not None and low == high:
        return Is(low, number=True)
    return Is(low=low, high=high, number=True)


def lifted(operate, values):
    for index, value in enumerate(values):
        if isinstance(value, Either):
            yes = lifted(operate, [*values[:index], value.yes, *values[index + 1 :]])
            no = lifted(operate, [*values[:index], value.no, *values[index + 1 :]])
            if isinstance(yes, bool | None) and isinstance(no, bool | None):
                return chosen(value.test, yes, no)
            return Either(value.test, yes, no)
    return operate(*(value if isinstance(value, Many) else plain(value) for value in values))


def before(a, b, *, strict):
    """Whether a < b (or a <= b): True, False, None."""
    if a.none or b.none:
        return False
    (first, last), (start, end) = a.ends(), b.ends()
    if None not in (last, start) and (last < start if strict else last <= start):
        return True
    if None not in (first, end) and (first >= end if strict else first > end):
        return False
    return None


def equal(a, b):
    if a.none or b.none:
        return False
    if a.value is not None and b.value is not None:
        return same(a.value, b.value)
    (first, last), (start, end) = a.ends(), b.ends()
    kinds = [{type(each) for each in ends if each is not None} for ends in (a.ends(), b.ends())]
    if not (a.number and b.number) and (not kinds[0] or kinds[0] != kinds[1]):
        return None
    apart = (None not in (first, end) and first > end) or (None not in (last, start) and last < start)
    return False if apart else None


def same(a, b):
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return a == b


class Oracle:
    def __init__(self, data, element=None, current=None):
        self.data, self.element, self.current = data, element, current

    def __call__(self, logic):
        if isinstance(logic, list):
            values = [self(each) for each in logic]
            if all(isinstance(each, Is) and each.known and not each.none for each in values):
                return Many(tuple((each, True) for each in values))
            return tuple(values)
        if not isinstance(logic, dict):
            return known(logic)
        ((operator, values),) = logic.items()
        values = values if isinstance(values, list) else [values]
        return getattr(self, NAMES[operator])(operator, values)

    def at(self, element, place="element"):
        return Oracle(self.data, element=element) if place == "element" else Oracle(self.data, current=element)

    def var(self, _, values):
        path = values[0]
        if self.current is not None:
            found, path = self.current, path.partition(".")[2]
        elif self.element is not None:
            found = self.element
        else:
            found = self.data
        for segment in path.split(".") if path else []:
            found = found[segment]
        return truth(found) if path.rpartition(".")[2] in TRUTHS else found

    def branches(self, _, values):
        values = list(values)
        result = self(values.pop()) if len(values) % 2 else NONE
        while values:
            yes, test = values.pop(), values.pop()
            result = Either(truth(self(test)), self(yes), result)
        return result

    def junction(self, operator, values):
        return (both if operator == "and" else one)(*(truth(self(each)) for each in values))

    def negation(self, operator, values):
        found = truth(self(values[0]))
        return turned(found) if operator == "!" else found

    def ordered(self, operator, values):
        found = [self(each) for each in values]
        if operator in (">", ">="):
            found.reverse()
        strict = operator in ("<", ">")
        steps = [(found[0], found[1])] if len(found) == 2 else [(found[0], found[1]), (found[1], found[2])]
        if len(found) == 3:

            def test(a, b, c):
                return both(before(a, b, strict=strict), before(b, c, strict=strict))

            return lifted(test, found)
        return lifted(lambda a, b: before(a, b, strict=strict), list(steps[0]))

    def equality(self, operator, values):
        found = [self(each) for each in values]
        answer = lifted(equal, found)
        return turned(answer) if operator[0] == "!" else answer

    def membership(self, _, values):
        whole = self(values[1])
        options = whole if isinstance(whole, tuple) else None

        def test(part):
            if options is not None:
                return one(*(lifted(equal, [part, each]) for each in options))
            return self.in_list(part, whole)

        return lifted(test, [self(values[0])])

    @staticmethod
    def in_list(part, whole):
        if whole.complete and not whole.elements:
            return False
        if part.none:
            return False
        if part.value is None:
            return None
        matches = [(equal(part, each) if each.known else None, sure) for each, sure in whole.elements]
        if any(match is True and sure for match, sure in matches):
            return True
        return False if whole.complete and all(match is False for match, _ in matches) else None

    def iteration(self, operator, values):
        whole = self(values[0])
        if isinstance(whole, Either):
            return lifted(lambda each: self.iterated(operator, each, values[1]), [whole])
        return self.iterated(operator, whole, values[1])

    def iterated(self, operator, whole, test):
        tests = [(each, sure, truth(self.at(each)(test))) for each, sure in whole.elements]
        if operator == "filter":
            kept = tuple((each, True if sure and held else None) for each, sure, held in tests if held is not False)
            return Many(kept, whole.complete)
        inside = [both(sure, held) for _, sure, held in tests]
        outside = [one(turned(sure), held) for _, sure, held in tests]
        if operator in ("some", "none"):
            found = one(*inside, *([] if whole.complete else [None]))
            return found if operator == "some" else turned(found)
        if not whole.elements and whole.complete:
            return False
        if any(sure and held is False for _, sure, held in tests):
            return False
        present = any(sure for _, sure, _ in tests)
        return True if whole.complete and present and all(each is True for each in outside) else None

    def merging(self, _, values):
        elements, complete = (), True
        for each in values:
            found = self(each)
            if not isinstance(found, Many):
                found = plain(found)
                sure = found.known and not found.none
                found = Many(((found, True),) if sure else (), complete=sure)
            elements, complete = elements + found.elements, complete and found.complete
        return Many(elements, complete)

    def reduction(self, _, values):
        """Only `accumulator + X`, which the tests generate; an X that may be none gives nothing."""
        whole, step, total = self(values[0]), values[1]["+"], plain(self(values[2]))
        body = step[0] if step[1] == {"var": "accumulator"} else step[1]
        low, high = total.ends()
        for each, sure in whole.elements:
            found = plain(self.at(each, "reduce")(body))
            first, last = (None, None) if found.none else found.ends()
            natural = natural_step(body)
            if sure is not True and not natural:
                return UNKNOWN
            if sure is True:
                low = None if None in (low, first) else low + first
            high = None if None in (high, last) else high + last
        if not whole.complete:
            high = None
            low = low if natural_step(body) else None
        return between(low, high)

    def counting(self, _, values):
        found = self(values[0]) if len(values) == 1 and isinstance(values[0], list) else tuple(map(self, values))
        truths = (
            [truth(each) for each in found] if isinstance(found, tuple) else [truth(each) for each, _ in found.elements]
        )
        return between(truths.count(True), len(truths) - truths.count(False))

    def unsaid(self, _, values):
        return not is_known(self(values[0]))

    def sums(self, operator, values):
        found = [plain(self(each)) for each in values]
        if any(each.none for each in found):
            return NONE
        lows, highs = [each.ends()[0] for each in found], [each.ends()[1] for each in found]
        if operator == "-":
            lows[-1], highs[-1] = highs[-1], lows[-1]
            if len(found) == 1:
                lows, highs = [0, *lows], [0, *highs]
            combine = minus
        else:
            combine = {"+": sum, "min": min, "max": max}[operator]
        return between(*(None if None in ends else combine(ends) for ends in (lows, highs)))

    def scaling(self, operator, values):
        value, factor = plain(self(values[0])), values[1]
        if value.none:
            return NONE
        ends = [None if end is None else end * factor if operator == "*" else end / factor for end in value.ends()]
        return between(*(ends if factor >= 0 else reversed(ends)))

    def dating(self, operator, values):
        def test(a, b):
            if a.none or b.none:
                return NONE
            (first, last), (start, end) = a.ends(), b.ends()
            low = None if None in (last, start) else DATES[operator](last, start)
            high = None if None in (first, end) else DATES[operator](first, end)
            return between(low, high)

        return lifted(test, [self(each) for each in values])


def minus(ends):
    return ends[0] - ends[1]


def natural_step(body):
    if isinstance(body, dict) and "if" in body:
        return all(isinstance(each, int) and each >= 0 for each in body["if"][1:])
    return isinstance(body, int) and body >= 0


def is_condition(value):
    if isinstance(value, Either):
        return is_condition(value.yes) and is_condition(value.no)
    return isinstance(value, bool | None)


def is_known(value):
    if isinstance(value, Either):
        if is_condition(value):
            return truth(value) is not None
        return value.test is not None and is_known(value.yes if value.test else value.no)
    if isinstance(value, bool) or value is None:
        return value is not None
    if isinstance(value, Many):
        return value.complete and all(sure and each.known for each, sure in value.elements)
    return value.known


def age(birth, on):
    a, b = date.fromisoformat(birth), date.fromisoformat(on)
    return b.year - a.year - ((b.month, b.day) < (a.month, a.day))


def days(a, b):
    return (date.fromisoformat(b) - date.fromisoformat(a)).days


DATES = {"age_on": age, "days_between": days}
NAMES = {
    "var": "var",
    "if": "branches",
    "and": "junction",
    "or": "junction",
    "!": "negation",
    "!!": "negation",
    "<": "ordered",
    "<=": "ordered",
    ">": "ordered",
    ">=": "ordered",
    "==": "equality",
    "===": "equality",
    "!=": "equality",
    "!==": "equality",
    "in": "membership",
    "some": "iteration",
    "all": "iteration",
    "none": "iteration",
    "filter": "iteration",
    "merge": "merging",
    "reduce": "reduction",
    "count_true": "counting",
    "unknown": "unsaid",
    "+": "sums",
    "-": "sums",
    "min": "sums",
    "max": "sums",
    "*": "scaling",
    "/": "scaling",
    "age_on": "dating",
    "days_between": "dating",
}
