"""A rule set for tests, equal to the tables of DOMAIN C2 and C4: criteria, eligibility, intensity, known families,
and the front door's three tables. Written for tests alone; the shipped packs have their own."""

from frontdoor.domain.rules.model import parse_rules

RECEIVED = {"en": "Received.", "cy": "Wedi dod i law."}
YES = "yes"


def text(words):
    return {"en": words}


def parameter(value, kind="integer"):
    return {"order": 10, "label": text("A number the board may move"), "type": kind, "value": value, "source": "Test"}


def fact(label, kind, logic=None, *, order=10, **more):
    written = {"order": order, "label": text(label), "type": kind, **more}
    return written if logic is None else {**written, "logic": logic}


def row(order, when, decision, reason, staff="Reason", **more):
    texts = {"staff": text(staff), "referrer": RECEIVED, "family": RECEIVED}
    return {
        "order": order,
        "label": text(reason),
        "when": when,
        "decision": decision,
        "reason_code": reason,
        "texts": texts,
        **more,
    }


def table(rows, otherwise, hit="first", order=10, **more):
    decision, reason = otherwise
    texts = {"staff": text("Otherwise"), "referrer": RECEIVED, "family": RECEIVED}
    end = {"decision": decision, "reason_code": reason, "intended": True, "texts": texts}
    return {
        "order": order,
        "title": text("A table"),
        "hit": hit,
        "outcomes": {},
        "rows": rows,
        "otherwise": end,
        **more,
    }


def f(name):
    return {"var": f"facts.{name}"}


def p(name):
    return {"var": f"parameters.{name}"}


def r(name):
    return {"var": f"row.{name}"}


def a(question):
    return {"var": f"answers.nomination.{question}"}


AS_OF = {"var": "as_of"}
MEMBERS = "answers.nomination.members"
AGE = {"age_on": [r("dob"), AS_OF]}


def recent(date):
    return {
        "and": [
            {">=": [{"days_between": [date, AS_OF]}, 0]},
            {"<=": [{"months_between": [date, AS_OF]}, p("lookback_months")]},
        ]
    }


def over(label, kind, logic, roll_up="any", **more):
    return fact(label, kind, logic, over=MEMBERS, roll_up=roll_up, **more)


def met_or_unknown(name):
    return {"or": [f(name), {"unknown": f(name)}]}


COUNT = {"count_true": [[f("c1"), f("c2"), f("c3")]]}

ELIGIBILITY = {
    "id": "eligibility",
    "title": text("Eligibility"),
    "parameters": {
        "lookback_months": parameter(12),
        "crime_age_limit": parameter(18),
        "fixed_excl_min": parameter(3),
        "unauth_pct": parameter(15, "number"),
        "local_min": parameter(1),
        "criteria_min": parameter(2),
        "benefit_codes": parameter(["ESA", "JSA"], "list"),
        "crime_age_reference": parameter("assessment_date", "string"),
    },
    "facts": {
        "c1": over(
            "Crime and anti-social behaviour",
            "boolean",
            {
                "or": [
                    {
                        "and": [
                            recent(r("offence_date")),
                            {
                                "<": [
                                    {
                                        "age_on": [
                                            r("dob"),
                                            {
                                                "if": [
                                                    {"==": [p("crime_age_reference"), "offence_date"]},
                                                    r("offence_date"),
                                                    AS_OF,
                                                ]
                                            },
                                        ]
                                    },
                                    p("crime_age_limit"),
                                ]
                            },
                        ]
                    },
                    recent(r("asb_action_date")),
                ]
            },
            code="TFP1-C1",
            order=1,
        ),
        "c2": over(
            "Education",
            "boolean",
            {
                "or": [
                    r("permanent_exclusion"),
                    {">=": [r("fixed_exclusions_3t"), p("fixed_excl_min")]},
                    {">=": [r("unauth_absence_pct_3t"), p("unauth_pct")]},
                    r("pru_after_exclusion"),
                    r("not_on_roll"),
                ]
            },
            code="TFP1-C2",
            order=2,
        ),
        "c3": over(
            "Work",
            "boolean",
            {"and": [{"in": [r("benefit"), p("benefit_codes")]}, {">=": [AGE, 18]}]},
            code="TFP1-C3",
            order=3,
        ),
        "dependent_child": over("A dependent child", "boolean", {"<": [AGE, 18]}, if_omitted=True, order=4),
        "local": fact(
            "Local concerns", "integer", {"reduce": [a("local"), {"+": [1, {"var": "accumulator"}]}, 0]}, order=5
        ),
        "criteria_met": fact("Criteria met", "integer", COUNT, order=6),
    },
    "decisions": {
        "TFP1-E": table(
            {
                "no_child": row(1, {"!": f("dependent_child")}, "not_eligible", "NO_DEPENDENT_CHILD"),
                "child_unknown": row(
                    2, {"unknown": f("dependent_child")}, "pending", "CHECKS_OUTSTANDING", "Waiting for: {checks}"
                ),
                "three": row(3, {"and": [f("c1"), f("c2"), f("c3")]}, "eligible", "ALL_THREE"),
                "two_local": row(
                    4,
                    {"and": [{">=": [COUNT, p("criteria_min")]}, {">=": [f("local"), p("local_min")]}]},
                    "eligible",
                    "TWO_PLUS_LOCAL",
                    "{criteria_met} criteria, {local} local ({local_min} needed)",
                ),
                "two": row(
                    5,
                    {"and": [{">=": [COUNT, 2]}, {"!": {"and": [f("c1"), f("c2"), f("c3")]}}]},
                    "panel_review",
                    "TWO_NO_LOCAL",
                ),
                "may": row(
                    6,
                    {">=": [{"count_true": [[met_or_unknown(name) for name in ("c1", "c2", "c3")]]}, 2]},
                    "pending",
                    "CHECKS_OUTSTANDING",
                    "Waiting for: {checks}",
                ),
            },
            ("not_eligible", "BELOW_TWO"),
        ),
    },
}

TRIGGERS = ("cp_plan", "edge_of_care", "eviction_notice", "custody_risk")
INTENSITY = {
    "id": "intensity",
    "title": text("Intensity"),
    "parameters": {"low_local_max": parameter(1)},
    "facts": {
        **{
            name: fact(
                name,
                "boolean",
                {"==": [{"var": f"answers.check.{name}"}, YES]},
                order=20,
                unknown_as=False,
                unknown_because="An unasked risk is followed up",
            )
            for name in TRIGGERS
        },
        "child_11_17": fact("A child of 11 to 17", "boolean", order=30),
        "derby_homes_tenant": fact("Tenant", "boolean", {"==": [{"var": "answers.check.tenant"}, YES]}, order=30),
        "asb": fact("Anti-social behaviour", "boolean", order=30),
        "partner_lead_worker": fact("A partner leads", "boolean", order=30),
        "trigger": fact(
            "Trigger", "boolean", {"or": [{"==": [f("criteria_met"), 3]}, *(f(name) for name in TRIGGERS)]}, order=40
        ),
    },
    "decisions": {
        "DER-I": table(
            {
                "mst": row(
                    1,
                    {"and": [f("trigger"), f("child_11_17"), {"or": [f("edge_of_care"), f("custody_risk")]}]},
                    "HIGH",
                    "MST",
                ),
                "fip": row(
                    2,
                    {"and": [f("trigger"), f("derby_homes_tenant"), {"or": [f("asb"), f("eviction_notice")]}]},
                    "HIGH",
                    "FIP",
                ),
                "ifsw": row(3, f("trigger"), "HIGH", "IFSW"),
                "low": row(
                    4,
                    {"and": [f("partner_lead_worker"), {"<=": [f("local"), p("low_local_max")]}]},
                    "LOW",
                    "PARTNER_LEAD",
                ),
            },
            ("MEDIUM", "VCM_MAT"),
            order=20,
        ),
    },
}

KNOWN_FAMILIES = {
    "id": "known",
    "title": text("Known families"),
    "parameters": {"renomination_months": parameter(12)},
    "facts": {
        "open_episode": fact("An open episode", "boolean", {"var": "family.open_episode"}),
        "closed_on": fact("Closed on", "date", {"var": "family.closed_on"}),
    },
    "decisions": {
        "DEDUP": table(
            {
                "open": row(1, f("open_episode"), "link_existing", "OPEN_EPISODE"),
                "recent": row(
                    2,
                    {"<=": [{"months_between": [f("closed_on"), AS_OF]}, p("renomination_months")]},
                    "reopen_review",
                    "RE_NOMINATION_12M",
                    "Closed {closed_on}",
                ),
            },
            ("new", "NO_MATCH"),
            order=5,
        ),
    },
}

FRONT_DOOR = {
    "id": "mash",
    "title": text("Front door"),
    "parameters": {"csc_min_level": parameter(3), "ffs_min_domains": parameter(2)},
    "facts": {
        "significant_harm": fact("Significant harm", "boolean"),
        "child_in_need": fact("A child in need", "boolean"),
        "level": fact("Level of need", "integer", {"var": "answers.mash_decision.level"}),
        "targeted": fact("Targeted service needed", "boolean", if_omitted=True),
        "agreement": fact("Agreement", "string"),
        "need_domains": fact("Domains of need", "integer"),
    },
    "decisions": {
        "FF-M": table(
            {
                "m1": row(1, f("significant_harm"), "csc_tier_4", "SIGNIFICANT_HARM", protective=True),
                "m2": row(
                    2,
                    {"or": [f("child_in_need"), {">=": [f("level"), p("csc_min_level")]}]},
                    "csc_tier_3",
                    "NEED_ABOVE_TIER_2",
                    protective=True,
                ),
                "m3": row(
                    3, {"or": [{"unknown": f("level")}, {"<": [f("level"), 1]}]}, "request_information", "INCOMPLETE"
                ),
                "m4": row(4, {"or": [{"==": [f("level"), 1]}, {"!": f("targeted")}]}, "signpost", "BELOW_TARGETED"),
            },
            ("eh_mash_lead", "THRESHOLD_MET"),
            order=30,
        ),
        "FF-R": table(
            {
                "r1": row(1, {"==": [f("agreement"), "given"]}, "accept", "AGREED"),
                "r2": row(2, {"==": [f("agreement"), "not_sought"]}, "return_to_referrer", "SEEK_AGREEMENT"),
                "r3": row(3, {"in": [f("agreement"), ["refused", "withdrawn"]]}, "signpost", "AGREEMENT_REFUSED"),
            },
            ("manager_review", "AGREEMENT_UNCLEAR"),
            order=40,
        ),
        "FF-L": table(
            {
                "l1": row(1, {">=": [f("need_domains"), p("ffs_min_domains")]}, "ffs", "FFS_CRITERIA_MET"),
            },
            ("nam", "FFS_CRITERIA_NOT_MET"),
            order=50,
        ),
    },
}

DOCUMENTS = {"eligibility": ELIGIBILITY, "intensity": INTENSITY, "known": KNOWN_FAMILIES, "mash": FRONT_DOOR}


def rules(**documents):
    """Rules of the documents given, or of all above."""
    return parse_rules(documents or DOCUMENTS)
