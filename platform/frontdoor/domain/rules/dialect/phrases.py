"""The phrases of a condition in words, English and Welsh. `{0}` is the subject, `{1}` what it is compared with."""

from collections.abc import Mapping

from frontdoor.domain.text import Text

TESTS: Mapping[str, Text] = {
    "is_true": {"en": "{0} is true", "cy": "mae {0} yn wir"},
    "not_true": {"en": "{0} is not true", "cy": "nid yw {0} yn wir"},
    "answered": {"en": "{0} has an answer", "cy": "mae ateb i {0}"},
    "not_answered": {"en": "{0} has no answer", "cy": "nid oes ateb i {0}"},
    "known": {"en": "{0} is known", "cy": "mae {0} yn hysbys"},
    "not_known": {"en": "{0} is not known", "cy": "nid yw {0} yn hysbys"},
    "is": {"en": "{0} is {1}", "cy": "{0} yw {1}"},
    "not_is": {"en": "{0} is not {1}", "cy": "nid {0} yw {1}"},
    "is_not": {"en": "{0} is not {1}", "cy": "nid {0} yw {1}"},
    "not_is_not": {"en": "{0} is not other than {1}", "cy": "nid yw {0} yn wahanol i {1}"},
    "at_least": {"en": "{0} is at least {1}", "cy": "mae {0} yn {1} o leiaf"},
    "not_at_least": {"en": "{0} is not at least {1}", "cy": "nid yw {0} yn {1} o leiaf"},
    "more": {"en": "{0} is more than {1}", "cy": "mae {0} yn fwy na {1}"},
    "not_more": {"en": "{0} is not more than {1}", "cy": "nid yw {0} yn fwy na {1}"},
    "at_most": {"en": "{0} is at most {1}", "cy": "mae {0} yn {1} ar y mwyaf"},
    "not_at_most": {"en": "{0} is not at most {1}", "cy": "nid yw {0} yn {1} ar y mwyaf"},
    "less": {"en": "{0} is less than {1}", "cy": "mae {0} yn llai na {1}"},
    "not_less": {"en": "{0} is not less than {1}", "cy": "nid yw {0} yn llai na {1}"},
    "one_of": {"en": "{0} is one of {1}", "cy": "mae {0} yn un o {1}"},
    "not_one_of": {"en": "{0} is not one of {1}", "cy": "nid yw {0} yn un o {1}"},
    "includes": {"en": "{0} includes {1}", "cy": "mae {0} yn cynnwys {1}"},
    "not_includes": {"en": "{0} does not include {1}", "cy": "nid yw {0} yn cynnwys {1}"},
}
OF_DATES: Mapping[str, Text] = {
    "at_least": {"en": "{0} is on or after {1}", "cy": "mae {0} ar neu ar ôl {1}"},
    "not_at_least": {"en": "{0} is not on or after {1}", "cy": "nid yw {0} ar nac ar ôl {1}"},
    "more": {"en": "{0} is after {1}", "cy": "mae {0} ar ôl {1}"},
    "not_more": {"en": "{0} is not after {1}", "cy": "nid yw {0} ar ôl {1}"},
    "at_most": {"en": "{0} is on or before {1}", "cy": "mae {0} ar neu cyn {1}"},
    "not_at_most": {"en": "{0} is not on or before {1}", "cy": "nid yw {0} ar na chyn {1}"},
    "less": {"en": "{0} is before {1}", "cy": "mae {0} cyn {1}"},
    "not_less": {"en": "{0} is not before {1}", "cy": "nid yw {0} cyn {1}"},
}
SPANS: Mapping[str, Text] = {
    "age": {"en": "age on {1} (born: {0})", "cy": "oedran ar {1} (geni: {0})"},
    "months": {"en": "months from {0} to {1}", "cy": "misoedd o {0} i {1}"},
    "days": {"en": "days from {0} to {1}", "cy": "diwrnodau o {0} i {1}"},
    "working_days": {"en": "working days from {0} to {1}", "cy": "diwrnodau gwaith o {0} i {1}"},
}
ROWS: Mapping[str, Text] = {
    "any": {"en": "for any of {0}: {1}", "cy": "i unrhyw un o blith {0}: {1}"},
    "every": {"en": "for every one of {0}: {1}", "cy": "i bob un o blith {0}: {1}"},
    "none": {"en": "for none of {0}: {1}", "cy": "i ddim un o blith {0}: {1}"},
    "not_any": {"en": "not for any of {0}: {1}", "cy": "nid i unrhyw un o blith {0}: {1}"},
    "not_every": {"en": "not for every one of {0}: {1}", "cy": "nid i bob un o blith {0}: {1}"},
}
AROUND: Mapping[str, Text] = {
    "not_all": {"en": "not all of these hold: {0}", "cy": "nid yw pob un o'r rhain yn wir: {0}"},
    "not_any": {"en": "none of these holds: {0}", "cy": "nid oes yr un o'r rhain yn wir: {0}"},
    "unknown": {"en": "it is not known whether {0}", "cy": "nid yw'n hysbys a yw hyn yn wir: {0}"},
    "not_unknown": {"en": "it is known whether {0}", "cy": "mae'n hysbys a yw hyn yn wir: {0}"},
}
AND: Text = {"en": " and ", "cy": " ac "}
OR: Text = {"en": " or ", "cy": " neu "}
COUNT: Text = {"en": "how many of these are true ({0})", "cy": "faint o'r rhain sy'n wir ({0})"}
HOW_MANY: Text = {"en": "how many {0}", "cy": "nifer {0}"}
THOSE: Text = {"en": "those of {0} where {1}", "cy": "y rhai o {0} lle {1}"}
CASE: Text = {"en": "if {0}: {1}", "cy": "lle {0}: {1}"}
OTHERWISE: Text = {"en": "otherwise: {0}", "cy": "fel arall: {0}"}
NOT_KNOWN: Text = {"en": "not known", "cy": "ddim yn hysbys"}
ALWAYS: Text = {"en": "always", "cy": "bob amser"}
NEVER: Text = {"en": "never", "cy": "byth"}
NOTHING: Text = {"en": "nothing", "cy": "dim"}
YES: Text = {"en": "yes", "cy": "ie"}
NO: Text = {"en": "no", "cy": "na"}
ADVANCED: Text = {
    "en": "An advanced rule, which reads {0}. It is shown as it is stored and cannot be changed here.",
    "cy": "Rheol uwch, sy'n darllen {0}. Fe'i dangosir fel y mae wedi'i storio ac ni ellir ei newid yma.",
}
