"""Every kind of question with answers that are good, and answers that are wrong or blank."""

from typing import Any

CODES = {code: {"order": place, "label": {"en": code}} for place, code in enumerate(("a", "b", "none"))}
CODES["none"]["exclusive"] = True
CODES["late"] = {"order": 9, "label": {"en": "late"}, "disabled": True}
SCALES = {str(n): {"order": n, "label": {"en": str(n)}} for n in range(3)}
STATEMENTS = {"sleep": {"order": 1, "label": {"en": "Sleep"}}, "food": {"order": 2, "label": {"en": "Food"}}}
# What the server asks of these and a schema cannot say is listed.
UNSAYABLE = frozenset({"nhs_no", "upn", "band", "word", "expected_date", "date_range", "sign_off", "person",
                       "organisation", "calculated"})  # fmt: skip
MOMENT = "2026-11-23T15:30:00Z"

# A widget with the rest of its question, good answers, and answers that are wrong or blank.
KINDS: dict[str, tuple[dict[str, Any], list[Any], list[Any]]] = {
    "text": ({"widget": "text"}, ["Okafor", " Siân\n", "x" * 200], ["x" * 201, "a\nb", "a\x07b", " " * 3]),
    "short": (
        {"widget": "text", "schema": {"minLength": 3, "maxLength": 6, "pattern": r"^[a-z]+(?:-\d|x)$"}},
        ["abcx", " ab-1 ", "abx"],
        ["ab", "abcdefx", "AB-1", "a-٣x"],
    ),
    "word": (
        {"widget": "text", "schema": {"minLength": 2, "pattern": "^[a-zŵ]+$"}},
        ["ŵy", " cwm\n", "w\u0302y"],
        ["ŵ", "W\u0302", "w\u0302", "x\u0302y", "wŷ"],
    ),
    "textarea": (
        {"widget": "textarea", "schema": {"maxLength": 9}},
        ["one\r\ntwo", "a\nb", "\r\n" * 3 + "abc"],
        ["1234567890", "\x00", "\r\n" * 4 + "ab", "\r\n" * 10],
    ),
    "email": (
        {"widget": "email"},
        ["jo@example.com", " jo.o+x@a.example "],
        ["jo@", "jo example.com", "@", "a@b@c.uk"],
    ),
    "phone": ({"widget": "phone"}, ["01632 960 001", "+44 1632 960001", "(01632) 960-001 ext 2"], ["0163", "call me"]),
    "postcode": (
        {"widget": "postcode"},
        ["sw1a1aa", "DE1 2FS", " d e 1 2 f s "],
        ["DE1", "DE1\n2FS", "D 12", "\u212aT1 1AA", "\u0131G1 1AA"],
    ),
    "nino": (
        {"widget": "nino"},
        ["QQ123456C", "ab 12 34 56", "AB123456 d"][1:],
        ["QQ123456C", "BG123456A", "nk123456", "AB12345", "AO123456"],
    ),
    "nhs_no": ({"widget": "nhs_no"}, ["943 476 5919", "9434765919"], ["9434765918", "943", "٩434765919"]),
    "upn": ({"widget": "upn"}, ["H801200001001", "h80120 0001001"], ["A80120000100", "I801200001001"]),
    "uprn": ({"widget": "text", "schema": {"format": "uprn"}}, ["10 0023", "1"], ["x", "1" * 13]),
    "integer": ({"widget": "number", "schema": {"type": "integer", "minimum": 0}}, [0, 4, 4.0], [-1, 4.5, "4", True]),
    "number": ({"widget": "number", "schema": {"maximum": 9.5}}, [0, 9.5, -3.25], [9.6, 2**60, -(2**60), [4]]),
    "date": ({"widget": "date"}, ["2026-02-28", "2024-02-29"], ["2026-02-29", "26-01-01", "0999-01-01", " 2026-01-01"]),
    "partial_date": (
        {"widget": "partial_date", "allow_unknown": True},
        ["2014", "2014-06", "2016-02-29", "2000-02-29", "unknown"],
        ["2014-13", "1900-02-29", "2015-02-29", "2014/2015", "2014-01-01/2015-01-01", "Unknown", "2014-04-31"],
    ),
    "band": (
        {"widget": "partial_date", "age_bands": True},
        ["2014-01-01/2015-01-01", "2014"],
        ["unknown", "2015-01-01/2014-01-01", "2014-02-30/2015-01-01"],
    ),
    "radios": ({"widget": "radios", "options": CODES}, ["a", "none"], ["late", "z", "", 1, ["a"]]),
    "scale": ({"widget": "radios", "options": SCALES, "schema": {"type": "integer"}}, [0, 1, 2.0], [3, "1", True, 1.5]),
    "select": ({"widget": "select", "options": CODES}, ["b", "none"], ["late", "B", "", 0, ["a"]]),
    "yes_no": ({"widget": "yes_no"}, [True, False], ["yes", 1, 0, None]),
    "checkboxes": (
        {"widget": "checkboxes", "options": CODES},
        [["a"], ["a", "b"], ["none"]],
        [[], ["a", "none"], ["a", "a"], "a", ["late"], [1]],
    ),
    "address": (
        {"widget": "address"},
        [{"line_1": "1 High St"}, {"postcode": "de1 2fs", "uprn": "12"}],
        [{}, {"town": "Derby"}, {"line_1": " "}, {"postcode": "x"}, {"country": "x"}, {"line_1": 1}, "Derby"],
    ),
    "money": (
        {"widget": "money", "schema": {"maximum": 100_000}},
        [0, 1250, 99_999],
        [-1, 100_001, 12.5, "12.50", True],
    ),
    "percentage": ({"widget": "percentage"}, [0, 62.5, 100], [-0.5, 100.1, "50", None]),
    "time": (
        {"widget": "time"},
        ["15:30", "3.30pm", " 9am ", "1530", "Noon", "9:05", "12.15 a.m.", "7yp"],
        ["24:00", "15:60", "half past three", "13pm", "330", " ", "٣:00", 1530],
    ),
    "expected_date": (
        {"widget": "expected_date", "allow_unknown": True},
        ["2026-12-03", "2027-01", "2026-12-01/2026-12-29", "unknown"],
        ["2026", "2026-12-01/2026-12-28", "2026-02-30", "soon", ""],
    ),
    "date_range": (
        {"widget": "date_range", "open": "to"},
        [{"from": "2026-01-01"}, {"from": "2026-01-01", "to": "2026-01-01"}, {"from": "2026-01-01", "to": ""}],
        [{}, {"to": "2026-01-01"}, {"from": "2026-02-01", "to": "2026-01-01"}, {"from": "x"}, {"since": "x"}, "2026"],
    ),
    "matrix": (
        {"widget": "matrix", "options": CODES, "statements": STATEMENTS},
        [{"sleep": "a", "food": "b"}, {"sleep": "none", "food": "a"}],
        [
            {"sleep": "a"},
            {"sleep": "late", "food": "a"},
            {"sleep": "a", "food": "a", "play": "a"},
            {"sleep": ""},
            [],
            {},
        ],
    ),
    "ten": ({"widget": "scale", "points": {"1": {"en": "low"}}}, [1, 4, 10.0], [0, 11, "4", 4.5, True]),
    "sign_off": (
        {"widget": "sign_off", "witness": "asked"},
        [{"name": "Ann Okafor", "role": "Nurse"}, {"name": "Ann", "role": "Nurse", "witness": "Bo", "at": MOMENT}],
        [
            {"name": "Ann"},
            {"name": " ", "role": "Nurse"},
            {"at": MOMENT},
            {"name": "A", "role": "B", "at": "now"},
            "Ann",
        ],
    ),
    "person": (
        {"widget": "person"},
        [{"name": "Ann Okafor"}, {"name": " Bo "}],
        [{"name": " "}, {"name": "x" * 101}, {"who": "ab12"}, "Ann"],
    ),
    "organisation": (
        {"widget": "organisation", "options": CODES},
        [{"code": "a"}, {"code": "not_listed", "name": "The Hall"}, {"code": "b", "name": "ignored"}],
        [{"code": "not_listed"}, {"code": "late"}, {"name": "The Hall"}, {"code": ""}, {}, "a"],
    ),
    "calculated": (
        {"widget": "calculated", "schema": {"type": "integer", "logic": {"+": [1, 2]}}},
        [3],
        [4, "3", {"a": 1}],
    ),
    "file": ({"widget": "file", "max_items": 2}, [["f1"], ["f1", "f2"]], [[], ["f1", "f1"], ["a", "b", "c"], ["a/b"]]),
}
