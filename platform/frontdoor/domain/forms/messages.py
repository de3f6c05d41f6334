"""What a problem says, in the question's own words: what to do, never what was typed."""

from collections.abc import Mapping
from dataclasses import replace

from frontdoor.domain.forms import money, validators
from frontdoor.domain.forms.questions import Json, Question
from frontdoor.domain.text import Text, say

_BY_KEYWORD: Mapping[str, Text] = {
    "maxLength": {"en": "{name} must be {maxLength} characters or fewer",
                  "cy": "Rhaid i “{label}” fod yn {maxLength} o nodau neu lai"},
    "minLength": {"en": "{name} must be {minLength} characters or more",
                  "cy": "Rhaid i “{label}” fod yn {minLength} o nodau neu fwy"},
    "one_line": {"en": "Write {the} on one line", "cy": "Ysgrifennwch “{label}” ar un llinell"},
    "characters": {"en": "Type {the} again: it holds characters that cannot be stored",
                   "cy": "Teipiwch “{label}” eto: mae'n cynnwys nodau na ellir eu cadw"},
    "minimum": {"en": "{name} must be {minimum} or more", "cy": "Rhaid i “{label}” fod yn {minimum} neu fwy"},
    "maximum": {"en": "{name} must be {maximum} or less", "cy": "Rhaid i “{label}” fod yn {maximum} neu lai"},
    "exclusiveMinimum": {"en": "{name} must be more than {exclusiveMinimum}",
                         "cy": "Rhaid i “{label}” fod yn fwy na {exclusiveMinimum}"},
    "exclusiveMaximum": {"en": "{name} must be less than {exclusiveMaximum}",
                         "cy": "Rhaid i “{label}” fod yn llai na {exclusiveMaximum}"},
    "multipleOf": {"en": "{name} must be a multiple of {multipleOf}",
                   "cy": "Rhaid i “{label}” fod yn lluosrif o {multipleOf}"},
    "enum": {"en": "Select one of the options for {the}", "cy": "Dewiswch un o'r opsiynau ar gyfer “{label}”"},
    "exclusive": {"en": "Select either “{option}” or the other options for {the}, not both",
                  "cy": "Dewiswch naill ai “{option}” neu'r opsiynau eraill ar gyfer “{label}”, nid y ddau"},
    "uniqueItems": {"en": "Select each option for {the} only once",
                    "cy": "Dewiswch bob opsiwn ar gyfer “{label}” unwaith yn unig"},
    "minItems": {"en": "Give at least {minItems} for {the}", "cy": "Rhowch o leiaf {minItems} ar gyfer “{label}”"},
    "maxItems": {"en": "Give no more than {maxItems} for {the}",
                 "cy": "Rhowch ddim mwy na {maxItems} ar gyfer “{label}”"},
    "options_from": {"en": "Select somebody or something that is on the list for {the}",
                     "cy": "Dewiswch rywun neu rywbeth sydd ar y rhestr ar gyfer “{label}”"},
    "not_after": {"en": "{name} must be {limit} or earlier", "cy": "Rhaid i “{label}” fod ar {limit} neu cyn hynny"},
    "not_before": {"en": "{name} must be {limit} or later", "cy": "Rhaid i “{label}” fod ar {limit} neu wedi hynny"},
    "row_id": {"en": "Give each row of {the} an id of 4 to 32 small letters and figures",
               "cy": "Rhowch i bob rhes o “{label}” ddynodwr o 4 i 32 o lythrennau bach a ffigurau"},
    "row_ids": {"en": "Give each row of {the} an id of its own",
                "cy": "Rhowch ei dynodwr ei hun i bob rhes o “{label}”"},
    "address_part": {"en": "Use only line_1, line_2, town, postcode and uprn for {the}",
                     "cy": "Defnyddiwch line_1, line_2, town, postcode ac uprn yn unig ar gyfer “{label}”"},
    "part": {"en": "Use only {parts} for {the}", "cy": "Defnyddiwch {parts} yn unig ar gyfer “{label}”"},
    "range": {"en": "{name} must be the same as the start date or later",
              "cy": "Rhaid i “{label}” fod yr un fath â'r dyddiad dechrau neu'n hwyrach"},
    "pattern": {"en": "Enter {the} in the right form", "cy": "Rhowch “{label}” yn y ffurf gywir"},
}  # fmt: skip

_BY_FORMAT: Mapping[str, Text] = {
    "date": {"en": "{name} {fault}", "cy": "“{label}”: {fault}"},
    "partial-date": {"en": "{name} {fault}", "cy": "“{label}”: {fault}"},
    "nhs-no": {"en": "{name} must be 10 figures: check each of them against a letter or card",
               "cy": "Rhaid i “{label}” fod yn 10 ffigur: gwiriwch bob un yn erbyn llythyr neu gerdyn"},
    "nino": {"en": "{name} must be 2 letters, 6 figures and a letter, like QQ 12 34 56 C",
             "cy": "Rhaid i “{label}” fod yn 2 lythyren, 6 ffigur a llythyren, fel QQ 12 34 56 C"},
    "upn": {"en": "{name} must be a letter and 12 figures: check each of them with the school",
            "cy": "Rhaid i “{label}” fod yn llythyren a 12 ffigur: gwiriwch bob un gyda'r ysgol"},
    "postcode": {"en": "{name} must be a full UK postcode, like DE1 2FS",
                 "cy": "Rhaid i “{label}” fod yn god post llawn yn y DU, fel SA1 3SN"},
    "uprn": {"en": "{name} must be up to 12 figures", "cy": "Rhaid i “{label}” fod yn 12 ffigur ar y mwyaf"},
    "expected-date": {"en": "{name} {fault}", "cy": "“{label}”: {fault}"},
    "time-of-day": {"en": "{name} must be a time, like 3.30pm or 15:30",
                    "cy": "Rhaid i “{label}” fod yn amser, fel 15:30 neu 3.30yp"},
    "moment": {"en": "Leave this out: the time of signing is set when it is saved",
               "cy": "Gadewch hwn allan: gosodir amser llofnodi wrth ei gadw"},
    "phone": {"en": "{name} must be a phone number, like 01632 960 001",
              "cy": "Rhaid i “{label}” fod yn rhif ffôn, fel 01632 960 001"},
    "email": {"en": "{name} must be an email address, like name@example.com",
              "cy": "Rhaid i “{label}” fod yn gyfeiriad e-bost, fel enw@example.com"},
}  # fmt: skip

_REQUIRED: Mapping[str, Text] = {
    "choice": {"en": "Select one option for {the}", "cy": "Dewiswch un opsiwn ar gyfer “{label}”"},
    "checkboxes": {"en": "Select at least one option for {the}", "cy": "Dewiswch o leiaf un opsiwn ar gyfer “{label}”"},
    "yes_no": {"en": "Select yes or no for {the}", "cy": "Dewiswch ie neu na ar gyfer “{label}”"},
    "group": {"en": "Add at least one to {the}", "cy": "Ychwanegwch o leiaf un at “{label}”"},
    "file": {"en": "Upload a file for {the}", "cy": "Lanlwythwch ffeil ar gyfer “{label}”"},
    "address": {"en": "Enter the first line or the postcode of {the}",
                "cy": "Rhowch linell gyntaf neu god post “{label}”"},
    "matrix": {"en": "Select one option on each row of {the}", "cy": "Dewiswch un opsiwn ar bob rhes o “{label}”"},
    "sign_off": {"en": "Sign {the}: type the full name of the person signing",
                 "cy": "Llofnodwch “{label}”: teipiwch enw llawn y sawl sy'n llofnodi"},
    "person": {"en": "Say who it is for {the}", "cy": "Dywedwch pwy ydyw ar gyfer “{label}”"},
    "organisation": {"en": "Say which organisation it is for {the}",
                     "cy": "Dywedwch pa sefydliad ydyw ar gyfer “{label}”"},
    "text": {"en": "Enter {the}", "cy": "Rhowch “{label}”"},
}  # fmt: skip

_TYPES: Mapping[str, Text] = {
    "number": {"en": "{name} must be a number, like 4.5", "cy": "Rhaid i “{label}” fod yn rhif, fel 4.5"},
    "integer": {"en": "{name} must be a whole number, like 4", "cy": "Rhaid i “{label}” fod yn rhif cyfan, fel 4"},
    "boolean": {"en": "Select yes or no for {the}", "cy": "Dewiswch ie neu na ar gyfer “{label}”"},
    "array": {"en": "Send {the} as a list", "cy": "Anfonwch “{label}” fel rhestr"},
    "object": {"en": "Send {the} as an address with line_1, line_2, town, postcode and uprn",
               "cy": "Anfonwch “{label}” fel cyfeiriad gyda line_1, line_2, town, postcode ac uprn"},
    "money": {"en": "{name} must be an amount in pounds and pence, like 12.50",
              "cy": "Rhaid i “{label}” fod yn swm mewn punnoedd a cheiniogau, fel 12.50"},
    "percentage": {"en": "{name} must be a percentage, like 12.5", "cy": "Rhaid i “{label}” fod yn ganran, fel 12.5"},
    "scale": {"en": "Select a number from {minimum} to {maximum} for {the}",
              "cy": "Dewiswch rif o {minimum} i {maximum} ar gyfer “{label}”"},
    "composite": {"en": "Send {the} as an object with {parts}", "cy": "Anfonwch “{label}” fel gwrthrych gyda {parts}"},
    "string": {"en": "Enter {the} as text", "cy": "Rhowch “{label}” fel testun"},
}  # fmt: skip

UNKNOWN_KEY: Text = {
    "en": "Leave this out: the form has no such question",
    "cy": "Gadewch hwn allan: nid oes cwestiwn o'r fath yn y ffurflen",
}
REJECTED: Text = {"en": "Some answers need to be put right", "cy": "Mae angen cywiro rhai atebion"}

_PARTS: Mapping[str, Text] = {
    "line_1": {"en": "First line of the address", "cy": "Llinell gyntaf y cyfeiriad"},
    "line_2": {"en": "Second line of the address", "cy": "Ail linell y cyfeiriad"},
    "town": {"en": "Town or city", "cy": "Tref neu ddinas"},
    "postcode": {"en": "Postcode", "cy": "Cod post"},
    "uprn": {"en": "Property reference number (UPRN)", "cy": "Cyfeirnod eiddo (UPRN)"},
}

_DETERMINERS = ("the ", "a ", "an ", "your ", "their ", "his ", "her ", "this ", "each ")
_CLAUSES = ("what ", "who ", "why ", "how ", "where ", "when ", "which ", "is ", "are ", "do ", "does ", "did ", "has ")


def part_of(address: Question, part: str) -> Question:
    """Return one box of an address as a question of its own; the address itself when `part` is none of them."""
    if part not in _PARTS:
        return address
    schema: dict[str, Json] = {"maxLength": validators.ADDRESS_LINES.get(part, validators.MAX_LENGTH)}
    if part in validators.ADDRESS_FORMATS:
        schema["format"] = validators.ADDRESS_FORMATS[part]
    return replace(address, widget="text", label=_PARTS[part], schema=schema, messages={})


REAL_DATE: Text = {"en": "must be a real date", "cy": "rhaid iddo fod yn ddyddiad go iawn"}
TODAY: Text = {"en": "today", "cy": "heddiw"}


def message(question: Question, keyword: str, language: str, **values: object) -> str:
    """Return what to do about `question`: the author's own words for that keyword, else the words that fit its kind.

    `values` are numbers and labels to insert: `limit`, `option`; the schema's own numbers are always there.
    """
    own = question.messages.get(keyword)
    if own:
        return say(own, language)
    label = say(question.label, language)
    words: dict[str, object] = {
        "label": label,
        "name": _capital(label),
        "the": _the(label),
        "fault": say(REAL_DATE, language),
    }
    words |= {**_numbers(question), **values}
    return say(_words(question, keyword), language).format_map(words)


def _words(question: Question, keyword: str) -> Text:
    if keyword == "required":
        kind = "choice" if question.widget in {"radios", "select", "scale"} else question.widget
        return _REQUIRED.get(kind, _REQUIRED["text"])
    kind = validators.format_of(question.widget, question.schema)
    if keyword in {"format", "type"} and kind in _BY_FORMAT:
        return _BY_FORMAT[kind]
    if keyword == "type" and question.widget in {"radios", "select"}:
        return _BY_KEYWORD["enum"]
    if question.widget == "scale" and keyword in {"type", "minimum", "maximum"}:
        return _TYPES["scale"]
    if keyword == "type":
        kind = "composite" if question.parts else question.widget
        if kind in {"composite", "money", "percentage"}:
            return _TYPES[kind]
        return _TYPES[validators.type_of(question.widget, question.schema)]
    return _BY_KEYWORD.get(keyword, _BY_KEYWORD["pattern"])


def _numbers(question: Question) -> dict[str, object]:
    least, most = validators.ENDS.get(question.widget, (-validators.EXACT, validators.EXACT))
    numbers = {"minimum": least, "maximum": most, **question.schema}
    if question.widget == "money":
        numbers |= {end: money.shown(int(numbers[end])) for end in ("minimum", "maximum")}
    if question.widget == "percentage":
        numbers |= {end: f"{numbers[end]}%" for end in ("minimum", "maximum")}
    return {
        **numbers,
        "parts": ", ".join(question.parts),
        "maxLength": f"{validators.max_length(question.widget, question.schema):,}",
        "minItems": max(question.min_items, int(question.required)),
        "maxItems": question.max_items,
    }


def _capital(label: str) -> str:
    return f"“{label}”" if label.endswith("?") else label[:1].upper() + label[1:]


def _the(label: str) -> str:
    """Return the label inside an English sentence: `the family name`, `the NHS number`, `“What happened?”`."""
    if label.endswith("?") or label.lower().startswith(_CLAUSES) or len(label.split()) > 6:
        return f"“{label}”"
    lowered = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return lowered if lowered.lower().startswith(_DETERMINERS) else f"the {lowered}"
