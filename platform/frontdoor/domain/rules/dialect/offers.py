"""What the selects of a condition's form offer beside names and operators, in English and Welsh."""

from collections.abc import Mapping

from frontdoor.domain.text import Text

# Subjects that are worked out; in a subject's box they stand beside names, which never begin with *.
CALCULATED: Mapping[str, Text] = {
    "*age": {"en": "Age on a day", "cy": "Oedran ar ddiwrnod"},
    "*months": {"en": "Months between two dates", "cy": "Misoedd rhwng dau ddyddiad"},
    "*days": {"en": "Days between two dates", "cy": "Diwrnodau rhwng dau ddyddiad"},
    "*working_days": {"en": "Working days between two dates", "cy": "Diwrnodau gwaith rhwng dau ddyddiad"},
    "*count": {"en": "How many of these are true", "cy": "Faint o'r rhain sy'n wir"},
    "*how_many": {"en": "How many of a list", "cy": "Faint o restr"},
    "*those": {"en": "Those of a list", "cy": "Y rhai o restr"},
}
EACH = "*each"  # the answer itself, in a test on each of several answers
JOINS: Mapping[str, Text] = {
    "all": {"en": "All of these", "cy": "Pob un o'r rhain"},
    "any": {"en": "Any of these", "cy": "Unrhyw un o'r rhain"},
    "not_all": {"en": "Not all of these", "cy": "Nid pob un o'r rhain"},
    "not_any": {"en": "None of these", "cy": "Dim un o'r rhain"},
    "unknown": {"en": "It is not known whether", "cy": "Nid yw'n hysbys a yw"},
    "not_unknown": {"en": "It is known whether", "cy": "Mae'n hysbys a yw"},
}
QUANTIFIERS: Mapping[str, Text] = {
    "any": {"en": "Any of them", "cy": "Unrhyw un ohonynt"},
    "every": {"en": "Every one of them", "cy": "Pob un ohonynt"},
    "none": {"en": "None of them", "cy": "Dim un ohonynt"},
    "not_any": {"en": "Not any of them", "cy": "Nid unrhyw un ohonynt"},
    "not_every": {"en": "Not every one of them", "cy": "Nid pob un ohonynt"},
}
CLAUSES: Mapping[str, Text] = {
    "test": {"en": "A test", "cy": "Prawf"},
    "group": {"en": "A group of clauses", "cy": "Grŵp o gymalau"},
    "rows": {"en": "A test on each of a list", "cy": "Prawf ar bob un o restr"},
    "cases": {"en": "Different cases", "cy": "Gwahanol achosion"},
    "case": {"en": "A case", "cy": "Achos"},
    "value": {"en": "A value", "cy": "Gwerth"},
    "fixed": {"en": "Always or never", "cy": "Bob amser neu byth"},
}
