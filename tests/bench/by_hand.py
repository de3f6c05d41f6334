"""Derby's eligibility table written by hand, as a programmer would: the same dict in, the same three-valued result out.

None is "not known" throughout. Thresholds are constants, where the product reads them from the rule set. It is checked
in the bench, over every nomination that is timed, that this and the product agree.
"""

from calendar import monthrange
from datetime import date

LOOKBACK_MONTHS, CRIME_AGE, ADULT_AGE, CHILD_AGE, YOUNG_ADULT = 12, 18, 18, 18, 18
FIXED_EXCLUSIONS, UNAUTHORISED, CRITERIA_MIN, LOCAL_MIN = 3, 15, 2, 1
BENEFITS = frozenset({"ESA", "IB", "CA", "IS", "JSA", "SDA"})
ACTIVITIES = frozenset({"education", "training", "unemployed"})
GROWN_UP = frozenset({
    "parent", "step_parent", "partner", "grandparent", "aunt_uncle", "foster_carer", "adoptive_parent",
    "special_guardian", "kinship_carer"})  # fmt: skip
DONT_KNOW = "dont_know"
NONE = "none"  # known to be nothing: never born, no offence, no benefit
BELOW_ALL = None, None  # bounds of a day that nobody knows


def decide(answers, as_of, evidence=()):
    """Return (decision, reason code, row that fired) for accepted answers by form and what sources have said."""
    family, of_row = {}, {}
    for word in sorted(evidence, key=lambda each: each.at):
        if word.row is None:
            family[word.fact] = word.value
        else:
            of_row[word.fact, word.row] = word.value
    form = answers.get("e_nomination")
    members = form.get("members") if form is not None else None
    complete = members is not None and form.get("members_complete") is True
    people = [Person(row, as_of) for row in members or ()]
    child = _stated(family, "dependent_child")
    if child is UNSAID:
        child = _any(complete, (_told(of_row, "dependent_child", one) if of_row else one.dependent() for one in people))
    if child is False:
        return "not_eligible", "NO_DEPENDENT_CHILD", "no_dependent_child"
    if child is None:
        return "pending", "CHECKS_OUTSTANDING", "dependent_child_unknown"
    return _criteria(form or {}, form is not None, people, complete, as_of, family, of_row)


UNSAID = object()


def _stated(words, fact):
    value = words.get(fact, UNSAID)
    return False if value is None else value


def _told(of_row, fact, one):
    value = of_row.get((fact, one.id), UNSAID)
    return one.dependent() if value is UNSAID else bool(value)


def _any(complete, truths):
    """Return whether any is true: not known while one is not, or somebody may be missing from the list."""
    result = False if complete else None
    for truth in truths:
        if truth:
            return True
        if truth is None:
            result = None
    return result


def _criteria(form, sent, people, complete, as_of, family, of_row):
    crime, school, work = _stated(family, "c1"), _stated(family, "c2"), _stated(family, "c3")
    facts = Facts(form, sent, as_of, of_row)
    if crime is UNSAID:
        crime = _any(complete, (facts.criterion("c1", one, facts.crime) for one in people))
    if school is UNSAID:
        school = _any(complete, (facts.criterion("c2", one, facts.school) for one in people))
    if work is UNSAID:
        work = _any(complete, (facts.criterion("c3", one, facts.work) for one in people))
    met = (crime is True) + (school is True) + (work is True)
    possible = met + (crime is None) + (school is None) + (work is None)
    if met == 3:
        return "eligible", "ALL_THREE", "all_three"
    return _two(met, possible, *_local(form, sent, family))


def _two(met, possible, low, high):
    """Return the outcome where not all three criteria are surely met; `waiting` are decisions of open rows."""
    waiting = ["eligible"] if possible == 3 else []
    if met >= CRITERIA_MIN and low >= LOCAL_MIN:
        return _unless(waiting, "eligible", "TWO_PLUS_LOCAL", "two_plus_local")
    if possible >= CRITERIA_MIN and (high is None or high >= LOCAL_MIN):
        waiting.append("eligible")
    if met >= CRITERIA_MIN and possible < 3:
        return _unless(waiting, "panel_review", "TWO_NO_LOCAL", "two_no_local")
    if possible >= CRITERIA_MIN:
        return "pending", "CHECKS_OUTSTANDING", "may_meet_two"
    return _unless(waiting, "not_eligible", "BELOW_TWO", "otherwise")


def _unless(waiting, decision, reason, row):
    if any(other != decision for other in waiting):
        return "pending", "CHECKS_OUTSTANDING", None
    return decision, reason, row


def _local(form, sent, family):
    """Return how many local concerns there are, at least and at most; no upper bound where there may be more."""
    if "local" in family:
        number = family["local"] or 0
        return number, number
    if "local_named" in family:
        named = family["local_named"] or ()
        number = sum(1 for each in named if each)
        return number, number
    chosen = form.get("local_criteria") if sent else None
    if not chosen:
        return 0, None
    sure = [each for each in chosen if each not in ("none", DONT_KNOW)]
    if DONT_KNOW in chosen:
        return len(sure), None
    return len(sure), len(sure)


class Person:
    """One row of the members, with what was asked of this person alone."""

    def __init__(self, row, as_of):
        self.id = row["id"]
        self.relationship = row.get("relationship")
        self.as_of = as_of
        said = row.get("dob")
        if self.relationship == "unborn_child":
            self.born = NONE
        else:
            self.born = _bounds(said) if said else BELOW_ALL
        asked = (
            self.born is not NONE and said is not None and len(said) == 10 and self.age() == (YOUNG_ADULT, YOUNG_ADULT)
        )
        self.at_home = _known(row.get("living_with_parent")) if asked else NONE
        self.activity = _known(row.get("activity")) if asked else NONE

    def age(self):
        """Return the least and greatest age, None where it is not known."""
        early, late = self.born
        if early is None:
            return None, None
        return _age(late, self.as_of), _age(early, self.as_of)

    def younger(self, years):
        """Return whether the person is younger: not so of somebody who is not born."""
        if self.born is NONE:
            return False
        least, most = self.age()
        if least is None:
            return None
        return True if most < years else False if least >= years else None

    def dependent(self):
        if self.born is NONE:
            return False
        young = self.younger(CHILD_AGE)
        if young:
            return True
        least, most = self.age()
        if least is None:
            same = None
        else:
            same = (
                True if least == most == YOUNG_ADULT else False if least > YOUNG_ADULT or most < YOUNG_ADULT else None
            )
        home = self.at_home if self.at_home is None else self.at_home == "yes"
        does = self.activity if self.activity is None else self.activity in ACTIVITIES
        return _or(young, _and(same, home, does))

    def grown_up(self):
        """Return whether the person is too old for school; whoever may be a child counts as one."""
        if self.born is NONE:
            return False
        least = self.age()[0]
        if least is not None and least > YOUNG_ADULT:
            return True
        exact = least is not None and self.born[0] == self.born[1]
        return not exact and self.relationship in GROWN_UP


class Facts:
    """What the form and the sources say of one person."""

    def __init__(self, form, sent, as_of, of_row):
        self.form, self.sent, self.as_of, self.of_row = form, sent, as_of, of_row

    def criterion(self, fact, one, work_out):
        value = self.of_row.get((fact, one.id), UNSAID) if self.of_row else UNSAID
        return work_out(one) if value is UNSAID else bool(value)

    def said(self, fact, one):
        return self.of_row.get((fact, one.id), UNSAID) if self.of_row else UNSAID

    def crime(self, one):
        offence = self.date("offence_date", "offence", "offence_who", "offence_on", one)
        asb = self.date("asb_action_date", "asb", "asb_who", "asb_on", one)
        return _or(_and(self.recent(offence), one.younger(CRIME_AGE)), self.recent(asb))

    def recent(self, day):
        if day is None:
            return None
        if day is NONE:
            return False
        return day <= self.as_of and _months(day, self.as_of) <= LOOKBACK_MONTHS

    def date(self, fact, question, who, on, one):
        said = self.said(fact, one)
        if said is not UNSAID:
            return NONE if said is None else date.fromisoformat(said)
        about = self.about(question, who, one)
        if about is False:
            return NONE
        if about is None:
            return None
        day = self.form.get(on)
        return date.fromisoformat(day) if day else None

    def about(self, question, who, one):
        """Return whether a yes is about this person: not known while nobody said who it is."""
        answer = _known(self.form.get(question))
        if answer is None:
            return None
        if answer != "yes":
            return False
        named = self.form.get(who)
        return None if not named else one.id in named

    def school(self, one):
        grown_up = self.said("grown_up", one)
        if one.grown_up() if grown_up is UNSAID else grown_up:
            return False
        return _or(
            self.yes("permanent_exclusion", "excluded", "excluded_who", one),
            self.reaches("fixed_exclusions_3t", "suspended", "suspended_who", "suspensions", one, FIXED_EXCLUSIONS),
            self.reaches("unauth_absence_pct_3t", "absent", "absent_who", "absence_pct", one, UNAUTHORISED),
            self.yes("pru_after_exclusion", "pru", "pru_who", one),
            self.yes("not_on_roll", "off_roll", "off_roll_who", one),
        )

    def yes(self, fact, question, who, one):
        said = self.said(fact, one)
        if said is not UNSAID:
            return bool(said)
        return self.about(question, who, one)

    def reaches(self, fact, question, who, how_much, one, threshold):
        said = self.said(fact, one)
        if said is not UNSAID:
            return (said or 0) >= threshold
        about = self.about(question, who, one)
        if about is False:
            return False
        if about is None and _known(self.form.get(question)) is None:
            return None
        amount = self.form.get(how_much)
        if amount is None:
            return None
        if about:
            return amount >= threshold
        return False if amount < threshold else None

    def work(self, one):
        benefit = self.said("benefit", one)
        if benefit is UNSAID:
            about = self.about("benefits", "benefit_who", one)
            benefit = NONE if about is False else None if about is None else _known(self.form.get("benefit_kind"))
        elif benefit is None:
            benefit = NONE
        gets = None if benefit is None else benefit is not NONE and benefit in BENEFITS
        younger = one.younger(ADULT_AGE)
        return _and(gets, younger if younger is None else not younger)


def _known(answer):
    return None if answer == DONT_KNOW else answer


def _and(*truths):
    if False in truths:
        return False
    return None if None in truths else True


def _or(*truths):
    if True in truths:
        return True
    return None if None in truths else False


def _bounds(said):
    """Return the earliest and latest day of a date that may be partly known."""
    if len(said) == 10:
        day = date.fromisoformat(said)
        return day, day
    if "/" in said:
        first, last = said.split("/")
        return date.fromisoformat(first), date.fromisoformat(last)
    if said == "unknown":
        return BELOW_ALL
    if len(said) == 4:
        return date(int(said), 1, 1), date(int(said), 12, 31)
    year, month = map(int, said.split("-"))
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _age(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _months(start, end):
    last = monthrange(end.year, end.month)[1]
    return (end.year - start.year) * 12 + end.month - start.month + (min(start.day, last) < end.day)
