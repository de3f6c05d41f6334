"""Derby's eligibility table as one plain JSONLogic rule, for engines that take nothing else.

They are given less to do than the product: members' ages, months since an offence and what was said about each are
worked out beforehand, in whole numbers without dates; hidden answers are gone, and 999 stands for what is not known.
"""

from tests.bench.by_hand import ACTIVITIES, BELOW_ALL, BENEFITS, NONE, Facts, Person

UNKNOWN = 999


def _v(name):
    return {"var": name}


def _some(test):
    return {"some": [_v("members"), test]}


_DEPENDENT = _some({"or": [
    {"<": [_v("age"), 18]},
    {"and": [{"==": [_v("age"), 18]}, _v("home"), {"in": [_v("does"), sorted(ACTIVITIES)]}]}]})  # fmt: skip
_CRIME = _some({"or": [{"and": [{"<=": [_v("offence"), 12]}, {"<": [_v("age"), 18]}]}, {"<=": [_v("asb"), 12]}]})
_SCHOOL = _some({"or": [_v("excluded"), {">=": [_v("suspensions"), 3]}, {">=": [_v("absence"), 15]}, _v("pru"),
                        _v("off_roll")]})  # fmt: skip
_WORK = _some({"and": [{"in": [_v("benefit"), sorted(BENEFITS)]}, {">=": [_v("age"), 18]}]})
_MET = {"+": [{"if": [met, 1, 0]} for met in (_CRIME, _SCHOOL, _WORK)]}
RULE = {"if": [
    {"!": [_DEPENDENT]}, "NO_DEPENDENT_CHILD",
    {"and": [_CRIME, _SCHOOL, _WORK]}, "ALL_THREE",
    {"and": [{">=": [_MET, 2]}, {">=": [_v("local"), 1]}]}, "TWO_PLUS_LOCAL",
    {">=": [_MET, 2]}, "TWO_NO_LOCAL",
    "BELOW_TWO"]}  # fmt: skip

_Z_CRIME = "some(members, (#.offence <= 12 and #.age < 18) or #.asb <= 12)"
_Z_SCHOOL = "some(members, #.excluded or #.suspensions >= 3 or #.absence >= 15 or #.pru or #.off_roll)"
_Z_WORK = f"some(members, #.benefit in {sorted(BENEFITS)} and #.age >= 18)"
_Z_MET = f"(({_Z_CRIME} ? 1 : 0) + ({_Z_SCHOOL} ? 1 : 0) + ({_Z_WORK} ? 1 : 0))"
ZEN = (
    f"not some(members, #.age < 18 or (#.age == 18 and #.home and #.does in {sorted(ACTIVITIES)}))"
    f" ? 'NO_DEPENDENT_CHILD' : {_Z_CRIME} and {_Z_SCHOOL} and {_Z_WORK} ? 'ALL_THREE'"
    f" : {_Z_MET} >= 2 and local >= 1 ? 'TWO_PLUS_LOCAL' : {_Z_MET} >= 2 ? 'TWO_NO_LOCAL' : 'BELOW_TWO'"
)


def flat(answers, as_of):
    """Return what the plain rule reads of one nomination."""
    form = answers.get("e_nomination") or {}
    facts = Facts(form, True, as_of, {})
    people = [Person(row, as_of) for row in form.get("members") or ()]
    chosen = form.get("local_criteria") or []
    return {
        "members": [_member(one, facts) for one in people],
        "local": sum(each not in ("none", "dont_know") for each in chosen),
    }


def _member(one, facts):
    school = not one.grown_up()
    about = facts.about("benefits", "benefit_who", one)
    return {
        "age": UNKNOWN if one.born in (NONE, BELOW_ALL) or one.age()[0] is None else one.age()[1],
        "home": one.at_home == "yes",
        "does": one.activity if isinstance(one.activity, str) else "",
        "offence": _months(facts.date("offence_date", "offence", "offence_who", "offence_on", one), facts.as_of),
        "asb": _months(facts.date("asb_action_date", "asb", "asb_who", "asb_on", one), facts.as_of),
        "excluded": school and facts.yes("permanent_exclusion", "excluded", "excluded_who", one) is True,
        "pru": school and facts.yes("pru_after_exclusion", "pru", "pru_who", one) is True,
        "off_roll": school and facts.yes("not_on_roll", "off_roll", "off_roll_who", one) is True,
        "suspensions": _amount(facts, "suspended", "suspended_who", "suspensions", one) if school else 0,
        "absence": _amount(facts, "absent", "absent_who", "absence_pct", one) if school else 0,
        "benefit": (facts.form.get("benefit_kind") or "") if about is True else "",
    }


def _months(day, as_of):
    if day is None or day == NONE or day > as_of:
        return UNKNOWN
    return (as_of.year - day.year) * 12 + as_of.month - day.month + (day.day < as_of.day)


def _amount(facts, question, who, how_much, one):
    return (facts.form.get(how_much) or 0) if facts.about(question, who, one) is True else 0
