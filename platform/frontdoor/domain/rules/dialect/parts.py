"""What the parts of a rule set are called, English and Welsh: for differences in words."""

from collections.abc import Mapping

from frontdoor.domain.text import Text

SORTS: Mapping[str, Text] = {
    "parameter": {"en": "Parameter", "cy": "Paramedr"},
    "fact": {"en": "Fact", "cy": "Ffaith"},
    "source": {"en": "Source", "cy": "Ffynhonnell"},
    "option": {"en": "Option", "cy": "Dewis"},
    "table": {"en": "Decision table", "cy": "Tabl penderfyniad"},
    "outcome": {"en": "Outcome", "cy": "Canlyniad"},
    "row": {"en": "Row", "cy": "Rhes"},
    "otherwise": {"en": "Otherwise", "cy": "Fel arall"},
    "when_unknown": {"en": "While something is not known", "cy": "Tra bo rhywbeth heb fod yn hysbys"},
}
RULE_SET: Text = {"en": "Rule set", "cy": "Set o reolau"}
PLACE: Text = {"en": "place {}", "cy": "lle {}"}
PART: Mapping[str, Text] = {
    "id": {"en": "id", "cy": "id"},
    "title": {"en": "title", "cy": "teitl"},
    "label": {"en": "label", "cy": "label"},
    "question": {"en": "question", "cy": "cwestiwn"},
    "type": {"en": "type", "cy": "math"},
    "value": {"en": "value", "cy": "gwerth"},
    "unit": {"en": "unit", "cy": "uned"},
    "bounds": {"en": "bounds", "cy": "terfynau"},
    "min": {"en": "smallest", "cy": "lleiaf"},
    "max": {"en": "largest", "cy": "mwyaf"},
    "options": {"en": "options", "cy": "dewisiadau"},
    "source": {"en": "source", "cy": "ffynhonnell"},
    "code": {"en": "code", "cy": "cod"},
    "over": {"en": "worked out for each of", "cy": "wedi'i weithio allan i bob un o"},
    "roll_up": {"en": "how the rows become one value", "cy": "sut y daw'r rhesi'n un gwerth"},
    "logic": {"en": "how it is worked out", "cy": "sut y caiff ei weithio allan"},
    "if_omitted": {"en": "when an example leaves it out", "cy": "pan fydd enghraifft yn ei hepgor"},
    "unknown_as": {"en": "taken for not known", "cy": "a gymerir am ddim yn hysbys"},
    "unknown_because": {"en": "why unknown may be taken so", "cy": "pam y gellir cymryd hynny"},
    "schema": {"en": "what a source may say", "cy": "yr hyn y gall ffynhonnell ei ddweud"},
    "hint": {"en": "hint", "cy": "awgrym"},
    "order": {"en": "place among the tables", "cy": "lle ymhlith y tablau"},
    "hit": {"en": "how rows are chosen", "cy": "sut y dewisir rhesi"},
    "when": {"en": "when", "cy": "pryd"},
    "decision": {"en": "decision", "cy": "penderfyniad"},
    "reason_code": {"en": "reason code", "cy": "cod y rheswm"},
    "texts": {"en": "text", "cy": "testun"},
    "staff": {"en": "for staff", "cy": "i staff"},
    "referrer": {"en": "for who referred", "cy": "i'r sawl a gyfeiriodd"},
    "family": {"en": "for the family", "cy": "i'r teulu"},
    "argument": {"en": "printed after the reason code", "cy": "wedi'i argraffu ar ôl cod y rheswm"},
    "protective": {"en": "protective", "cy": "amddiffynnol"},
    "otherwise": {"en": "otherwise", "cy": "fel arall"},
    "intended": {"en": "intended", "cy": "bwriadol"},
    "when_unknown": {"en": "while something is not known", "cy": "tra bo rhywbeth heb fod yn hysbys"},
    "final": {"en": "final", "cy": "terfynol"},
    "safeguarding": {"en": "safeguarding", "cy": "diogelu"},
    "owner": {"en": "who holds it", "cy": "pwy sy'n ei ddal"},
    "clock": {"en": "clock", "cy": "cloc"},
    "tone": {"en": "tone", "cy": "naws"},
    "en": {"en": "English", "cy": "Saesneg"},
    "cy": {"en": "Welsh", "cy": "Cymraeg"},
}
