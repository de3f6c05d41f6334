"""The words that clauses are made with, in both languages: what is needed of a value, and of how many parts.

`{0}` is what a value is compared with, or what the parts are about.
"""

from collections.abc import Mapping

from frontdoor.domain.text import Text

TOLD: Mapping[str, Text] = {
    "true": {"en": "Yes", "cy": "Ydy"},
    "false": {"en": "No", "cy": "Nac ydy"},
    "unknown": {"en": "Not known yet", "cy": "Ddim yn hysbys eto"},
    "error": {"en": "Could not be worked out", "cy": "Nid oedd modd ei weithio allan"},
}
NEEDED: Mapping[str, Text] = {
    ">=": {"en": "at least {0} needed", "cy": "mae angen o leiaf {0}"},
    ">": {"en": "more than {0} needed", "cy": "mae angen mwy na {0}"},
    "<=": {"en": "must be {0} or less", "cy": "rhaid iddo fod yn {0} neu lai"},
    "<": {"en": "must be less than {0}", "cy": "rhaid iddo fod yn llai na {0}"},
    "==": {"en": "must be {0}", "cy": "rhaid iddo fod yn {0}"},
    "!=": {"en": "must be anything but {0}", "cy": "rhaid iddo fod yn unrhyw beth ond {0}"},
    "in": {"en": "must be one of: {0}", "cy": "rhaid iddo fod yn un o'r rhain: {0}"},
    "not in": {"en": "must be none of: {0}", "cy": "rhaid iddo beidio â bod yn un o'r rhain: {0}"},
    "has": {"en": "must include {0}", "cy": "rhaid iddo gynnwys {0}"},
    "given": {"en": "must be given", "cy": "rhaid ei roi"},
    "not given": {"en": "must not be given", "cy": "rhaid peidio â'i roi"},
    "unknown": {"en": "counts only while not known", "cy": "yn cyfrif dim ond tra nad yw'n hysbys"},
    "not unknown": {"en": "must be known", "cy": "rhaid iddo fod yn hysbys"},
    "no": {"en": "must be no", "cy": 'rhaid i\'r ateb fod "nac ydy"'},
    "or unknown": {"en": "yes or not known will do", "cy": 'gwna "ydy" neu "ddim yn hysbys" y tro'},
}
DATED: Mapping[str, Text] = {
    ">=": {"en": "must be {0} or later", "cy": "rhaid iddo fod yn {0} neu'n hwyrach"},
    ">": {"en": "must be after {0}", "cy": "rhaid iddo fod ar ôl {0}"},
    "<=": {"en": "must be {0} or earlier", "cy": "rhaid iddo fod yn {0} neu'n gynharach"},
    "<": {"en": "must be before {0}", "cy": "rhaid iddo fod cyn {0}"},
}
GROUPS: Mapping[str, Text] = {
    "and": {"en": "All of these must be so: {0}", "cy": "Rhaid i bob un o'r rhain fod yn wir: {0}"},
    "or": {"en": "One of these must be so: {0}", "cy": "Rhaid i un o'r rhain fod yn wir: {0}"},
    "not and": {"en": "These must not all be so: {0}", "cy": "Rhaid i'r rhain beidio â bod i gyd yn wir: {0}"},
    "not or": {"en": "None of these may be so: {0}", "cy": "Ni chaiff yr un o'r rhain fod yn wir: {0}"},
    "if": {
        "en": "The first of these decides which other holds: {0}",
        "cy": "Y cyntaf o'r rhain sy'n pennu pa un arall sy'n wir: {0}",
    },
}
COUNTED: Text = {"en": "How many of these are so ({0})", "cy": "Faint o'r rhain sy'n wir ({0})"}
MAY_COUNT: Text = {
    "en": "How many of these are so, or may yet be ({0})",
    "cy": "Faint o'r rhain sy'n wir, neu a allai fod ({0})",
}
NOT: Text = {"en": "{0}: must not be so", "cy": "{0}: rhaid iddo beidio â bod yn wir"}
EACH: Mapping[str, Text] = {
    "some": {"en": "{0}: one of them must fit", "cy": "{0}: rhaid i un ohonynt gyd-fynd"},
    "all": {"en": "{0}: every one must fit", "cy": "{0}: rhaid i bob un gyd-fynd"},
    "none": {"en": "{0}: none may fit", "cy": "{0}: ni chaiff yr un gyd-fynd"},
}
