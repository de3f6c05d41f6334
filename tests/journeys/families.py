"""Synthetic families as partners tell of them: answers by question, to be typed in a browser."""

from typing import Any

ASKED = ("offence", "asb", "excluded", "suspended", "absent", "pru", "off_roll", "benefits", "lead_worker")
NOTHING_KNOWN = dict.fromkeys(ASKED, "dont_know")

FEATHERSTONE: dict[str, Any] = {
    "concern": "no",
    "referrer_name": "Tomasz Wiśniewski",
    "referrer_role": "Deputy head",
    "referrer_organisation": "St Wystan\u2019s Primary School",
    "referrer_contact": "01632 960122",
    "referrer_source": "2A",
    "family_name": "Featherstone-Quaye",
    "address": {"line_1": "6 Cordwainer Row", "town": "Derby", "postcode": "ZZ99 2AA"},
    "address_confidential": "no",
    "safe_to_call": "yes",
    "members": [
        {"relationship": "child", "given_name": "Jolyon", "family_name": "Featherstone", "dob": "2011-05-02"},
        {"relationship": "parent", "given_name": "Esi", "family_name": "Quaye", "dob": "1984"},
    ],
    "members_complete": True,
    **NOTHING_KNOWN,
    "offence": "yes",
    "offence_who": ["Jolyon Featherstone"],
    "offence_on": "2026-02-03",
    "asb": "no",
    "excluded": "no",
    "suspended": "no",
    "absent": "yes",
    "absent_who": ["Jolyon Featherstone"],
    "pru": "no",
    "off_roll": "no",
    "local_criteria": ["domestic_abuse"],
    "local_details": "Esi told the class teacher that they stayed with her sister for a fortnight in October.",
    "agreement": "not_sought",
    "family_aware": "dont_know",
}

OBRIEN_NGUYEN: dict[str, Any] = {
    **FEATHERSTONE,
    "family_name": "O\u2019Brien-Nguyễn",
    "address": {"line_1": "14 Larkspur Walk", "town": "Derby", "postcode": "ZZ99 3VZ"},
    "members": [
        {"relationship": "child", "given_name": "Minh", "family_name": "O\u2019Brien-Nguyễn", "dob": "2011-05-02"},
        {"relationship": "parent", "given_name": "Nóra", "family_name": "O\u2019Brien", "dob": "1984"},
        {"relationship": "step_parent", "given_name": "Duy", "family_name": "Nguyễn", "dob": "unknown"},
    ],
    "offence_who": ["Minh O\u2019Brien-Nguyễn"],
    "absent_who": ["Minh O\u2019Brien-Nguyễn"],
    "local_details": "Nóra told the class teacher",
}

KAYLEE: dict[str, Any] = {
    "concern": "no",
    "referrer_name": "A grandmother",
    "referrer_organisation": "none",
    "referrer_contact": "Did not want to leave a number",
    "referrer_source": "1B",
    "family_name": "Delacroix",
    "address": {"line_1": "Above the bakery", "town": "Northmoor", "postcode": "ZZ99 9EF"},
    "address_confidential": "dont_know",
    "safe_to_call": "dont_know",
    "members": [{"relationship": "child", "given_name": "Kaylee", "family_name": "Delacroix", "dob": "2019-04-06"}],
    "members_complete": False,
    "concerns": "She is often hungry when she comes.",
    "need_level_proposed": "dont_know",
    "urgency": "this_week",
    "lead_worker": "dont_know",
    "agreement": "not_sought",
    "family_aware": "dont_know",
}
KAYLEIGH = {**KAYLEE, "members": [{**KAYLEE["members"][0], "given_name": "Kayleigh"}]}
