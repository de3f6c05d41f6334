"""Every type of question as a designer meets it: what it is called, what it is for, an example, what it takes.

A new type of question is one entry here; a test compares this with the types that forms know. What its answer may be
held to (lengths, numbers, a pattern) follows from the type of the answer and is written nowhere here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.text import Text

FAMILIES: Mapping[str, Text] = {
    "words": {"en": "Words", "cy": "Geiriau"},
    "choices": {"en": "Choices", "cy": "Dewisiadau"},
    "numbers": {"en": "Numbers and dates", "cy": "Rhifau a dyddiadau"},
    "people": {"en": "People and places", "cy": "Pobl a lleoedd"},
    "other": {"en": "More", "cy": "Rhagor"},
}


@dataclass(frozen=True)
class Widget:
    """One type of question. `family` is one of FAMILIES; `takes` are the keys of `ui` that only some types have.

    `example` is the label of its example in the palette, `starts` the keys of `ui` that a new question begins with.
    One that is not `offered` has parts for which there are no boxes: it comes with a pack and can be changed.
    """

    name: Text
    about: Text
    example: Text
    family: str
    takes: tuple[str, ...] = ()
    starts: Mapping[str, Any] = field(default_factory=dict)
    offered: bool = True


_CHOICE = ("codes", "options_from")

WIDGETS: Mapping[str, Widget] = {
    "text": Widget(
        {"en": "A line of text", "cy": "Llinell o destun"},
        {"en": "A name, a school, a few words.", "cy": "Enw, ysgol, ychydig eiriau."},
        {"en": "Name of the school", "cy": "Enw'r ysgol"},
        "words", ("autocomplete", "prefix", "suffix"),
    ),
    "textarea": Widget(
        {"en": "Several lines of text", "cy": "Sawl llinell o destun"},
        {"en": "A story, an assessment, what somebody says.",
         "cy": "Stori, asesiad, yr hyn y mae rhywun yn ei ddweud."},
        {"en": "What works well in this family?", "cy": "Beth sy'n gweithio'n dda yn y teulu hwn?"},
        "words", ("rows",), {"rows": 4},
    ),
    "radios": Widget(
        {"en": "One of a few options", "cy": "Un o ychydig ddewisiadau"},
        {"en": "All options can be seen at once. Best for up to seven.",
         "cy": "Gellir gweld pob dewis ar unwaith. Gorau ar gyfer hyd at saith."},
        {"en": "What does the family want now?", "cy": "Beth mae'r teulu eisiau nawr?"},
        "choices", _CHOICE,
    ),
    "yes_no": Widget(
        {"en": "Yes or no", "cy": "Ie neu na"},
        {"en": "A question with two answers. Where people may not know, offer options instead.",
         "cy": "Cwestiwn gyda dau ateb. Lle efallai na fydd pobl yn gwybod, cynigiwch ddewisiadau."},
        {"en": "Was each child seen?", "cy": "A welwyd pob plentyn?"},
        "choices",
    ),
    "checkboxes": Widget(
        {"en": "Any of several options", "cy": "Unrhyw rai o sawl dewis"},
        {"en": "People tick all that fit.", "cy": "Mae pobl yn ticio pob un sy'n addas."},
        {"en": "Which services help already?", "cy": "Pa wasanaethau sy'n helpu eisoes?"},
        "choices", _CHOICE,
    ),
    "select": Widget(
        {"en": "One of a long list", "cy": "Un o restr hir"},
        {"en": "People type to find an entry. For more than fifteen options.",
         "cy": "Mae pobl yn teipio i ddod o hyd i gofnod. Ar gyfer mwy na phymtheg o ddewisiadau."},
        {"en": "Local authority", "cy": "Awdurdod lleol"},
        "choices", _CHOICE,
    ),
    "number": Widget(
        {"en": "A number", "cy": "Rhif"},
        {"en": "How many, how much, a score.", "cy": "Faint, pa mor aml, sgôr."},
        {"en": "How many children live here?", "cy": "Faint o blant sy'n byw yma?"},
        "numbers", ("prefix", "suffix"),
    ),
    "date": Widget(
        {"en": "A date", "cy": "Dyddiad"},
        {"en": "Day, month and year, all of them known.", "cy": "Diwrnod, mis a blwyddyn, pob un yn hysbys."},
        {"en": "Assessment completed on", "cy": "Cwblhawyd yr asesiad ar"},
        "numbers", ("not_before", "not_after"),
    ),
    "partial_date": Widget(
        {"en": "A date that may be known in part", "cy": "Dyddiad a all fod yn rhannol hysbys"},
        {"en": "A year, or a month and a year, is enough; an age may stand in.",
         "cy": "Mae blwyddyn, neu fis a blwyddyn, yn ddigon; gall oedran gymryd ei le."},
        {"en": "Date of birth", "cy": "Dyddiad geni"},
        "numbers", ("not_before", "not_after", "age_bands", "allow_unknown"),
    ),
    "address": Widget(
        {"en": "An address", "cy": "Cyfeiriad"},
        {"en": "Two lines, town and postcode.", "cy": "Dwy linell, tref a chod post."},
        {"en": "Where the family lives", "cy": "Ble mae'r teulu'n byw"},
        "people", ("autocomplete",),
    ),
    "postcode": Widget(
        {"en": "A postcode", "cy": "Cod post"},
        {"en": "A full UK postcode.", "cy": "Cod post llawn yn y DU."},
        {"en": "Postcode", "cy": "Cod post"},
        "people", ("autocomplete",),
    ),
    "phone": Widget(
        {"en": "A phone number", "cy": "Rhif ffôn"},
        {"en": "Written as people write it.", "cy": "Wedi'i ysgrifennu fel y mae pobl yn ei ysgrifennu."},
        {"en": "Phone number", "cy": "Rhif ffôn"},
        "people", ("autocomplete",),
    ),
    "email": Widget(
        {"en": "An e-mail address", "cy": "Cyfeiriad e-bost"},
        {"en": "Where it is safe to write.", "cy": "Lle mae'n ddiogel ysgrifennu."},
        {"en": "E-mail address", "cy": "Cyfeiriad e-bost"},
        "people", ("autocomplete",),
    ),
    "nhs_no": Widget(
        {"en": "An NHS number", "cy": "Rhif GIG"},
        {"en": "Ten figures, checked with their check digit.", "cy": "Deg ffigur, wedi'u gwirio â'u digid gwirio."},
        {"en": "NHS number", "cy": "Rhif GIG"},
        "people",
    ),
    "nino": Widget(
        {"en": "A National Insurance number", "cy": "Rhif Yswiriant Gwladol"},
        {"en": "Two letters, six figures, a letter.", "cy": "Dwy lythyren, chwe ffigur, llythyren."},
        {"en": "National Insurance number", "cy": "Rhif Yswiriant Gwladol"},
        "people",
    ),
    "upn": Widget(
        {"en": "A pupil number (UPN)", "cy": "Rhif disgybl (UPN)"},
        {"en": "A letter and twelve figures, from the school.", "cy": "Llythyren a deuddeg ffigur, o'r ysgol."},
        {"en": "Unique pupil number", "cy": "Rhif unigryw'r disgybl"},
        "people",
    ),
    "group": Widget(
        {"en": "A list of people or things", "cy": "Rhestr o bobl neu bethau"},
        {"en": "The same questions for each: every child, every agency.",
         "cy": "Yr un cwestiynau i bob un: pob plentyn, pob asiantaeth."},
        {"en": "The children", "cy": "Y plant"},
        "people", ("row_label", "row_title", "min_items", "max_items", "complete"), {"max_items": 20},
    ),
    "money": Widget(
        {"en": "An amount of money", "cy": "Swm o arian"},
        {"en": "Pounds and pence.", "cy": "Punnoedd a cheiniogau."},
        {"en": "What did it cost?", "cy": "Faint gostiodd?"},
        "numbers",
    ),
    "percentage": Widget(
        {"en": "A percentage", "cy": "Canran"},
        {"en": "From 0 to 100.", "cy": "O 0 i 100."},
        {"en": "Attendance this term", "cy": "Presenoldeb y tymor hwn"},
        "numbers",
    ),
    "scale": Widget(
        {"en": "A scale of 1 to 10", "cy": "Graddfa o 1 i 10"},
        {"en": "How far along somebody is, as they see it.", "cy": "Pa mor bell y mae rhywun, yn ei farn ei hun."},
        {"en": "How safe does home feel?", "cy": "Pa mor ddiogel y mae gartref yn teimlo?"},
        "numbers",
    ),
    "time": Widget(
        {"en": "A time of day", "cy": "Amser o'r dydd"},
        {"en": "Written as people write it, such as 3.30pm.", "cy": "Fel y mae pobl yn ei ysgrifennu, fel 3.30pm."},
        {"en": "When did the visit begin?", "cy": "Pryd ddechreuodd yr ymweliad?"},
        "numbers",
    ),
    "date_range": Widget(
        {"en": "From one date to another", "cy": "O un dyddiad i un arall"},
        {"en": "A beginning and an end.", "cy": "Dechrau a diwedd."},
        {"en": "When was the service given?", "cy": "Pryd y rhoddwyd y gwasanaeth?"},
        "numbers", ("open",),
    ),
    "expected_date": Widget(
        {"en": "When a baby is due", "cy": "Pryd y disgwylir babi"},
        {"en": "A day, or a month and a year.", "cy": "Diwrnod, neu fis a blwyddyn."},
        {"en": "When is the baby due?", "cy": "Pryd y disgwylir y babi?"},
        "numbers", ("allow_unknown",),
    ),
    "matrix": Widget(
        {"en": "Statements with the same options", "cy": "Datganiadau â'r un dewisiadau"},
        {"en": "One answer for each row.", "cy": "Un ateb i bob rhes."},
        {"en": "How are things?", "cy": "Sut mae pethau?"},
        "choices", offered=False,
    ),
    "addresses": Widget(
        {"en": "Several addresses", "cy": "Sawl cyfeiriad"},
        {"en": "Each with its dates, and whether it is kept from somebody.",
         "cy": "Pob un â'i ddyddiadau, ac a gedwir ef rhag rhywun."},
        {"en": "Where have they lived?", "cy": "Ble maent wedi byw?"},
        "people", ("max_items",), {"max_items": 10},
    ),
    "person": Widget(
        {"en": "Somebody of the family", "cy": "Rhywun o'r teulu"},
        {"en": "One of those listed, or somebody else.", "cy": "Un o'r rhai a restrir, neu rywun arall."},
        {"en": "Who was seen?", "cy": "Pwy a welwyd?"},
        "people", ("options_from", "listed_only"),
    ),
    "organisation": Widget(
        {"en": "An organisation", "cy": "Sefydliad"},
        {"en": "One of a list, or another by name.", "cy": "Un o restr, neu un arall wrth enw."},
        {"en": "Which service helps already?", "cy": "Pa wasanaeth sy'n helpu eisoes?"},
        "people", ("codes", "listed_only"),
    ),
    "sign_off": Widget(
        {"en": "A signature", "cy": "Llofnod"},
        {"en": "A name typed by whoever signs; the time is recorded.",
         "cy": "Enw a deipir gan bwy bynnag sy'n llofnodi; cofnodir yr amser."},
        {"en": "Signed by the parent or carer", "cy": "Llofnodwyd gan y rhiant neu'r gofalwr"},
        "other", ("witness",),
    ),
    "calculated": Widget(
        {"en": "Worked out from other answers", "cy": "Wedi'i gyfrifo o atebion eraill"},
        {"en": "Nobody types it.", "cy": "Nid oes neb yn ei deipio."},
        {"en": "Score in all", "cy": "Cyfanswm y sgôr"},
        "other", offered=False,
    ),
    "file": Widget(
        {"en": "Files", "cy": "Ffeiliau"},
        {"en": "People send documents or pictures along.", "cy": "Mae pobl yn anfon dogfennau neu luniau."},
        {"en": "Reports", "cy": "Adroddiadau"},
        "other", ("min_items", "max_items"), {"max_items": 5},
    ),
    "info": Widget(
        {"en": "Words on the page", "cy": "Geiriau ar y dudalen"},
        {"en": "Nothing is asked: something to know before going on.",
         "cy": "Ni ofynnir dim: rhywbeth i'w wybod cyn mynd ymlaen."},
        {"en": "Read this out before you go on.", "cy": "Darllenwch hwn yn uchel cyn mynd ymlaen."},
        "other",
    ),
}  # fmt: skip
