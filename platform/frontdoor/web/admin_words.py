"""The codes of configuration in the reader's language: states, steps, groups, units, values."""

from typing import Any

from flask_babel import format_decimal, lazy_gettext
from flask_babel import gettext as _

from frontdoor.services.configurable import Setting
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.languages import LANGUAGES
from frontdoor.web.pages import in_view, spoken

STATES = {
    "draft": (lazy_gettext("Draft"), ""),
    "checked": (lazy_gettext("Checked"), "running"),
    "submitted": (lazy_gettext("Waiting for approval"), "waiting"),
    "approved": (lazy_gettext("Approved"), "positive"),
    "published": (lazy_gettext("Published"), "done"),
    "withdrawn": (lazy_gettext("Given up"), "negative"),
}
KINDS = {
    "change": lazy_gettext("Change"),
    "release": lazy_gettext("New release"),
    "emergency": lazy_gettext("Published at once"),
    "roll_back": lazy_gettext("Rolled back"),
}
GROUPS = {
    "parameters": lazy_gettext("Thresholds"),
    "clocks": lazy_gettext("Time limits"),
    "outcomes": lazy_gettext("What people are told about a decision"),
    "questions": lazy_gettext("Forms: titles, questions and options"),
    "letters": lazy_gettext("Letters"),
    "notices": lazy_gettext("Contact numbers and notices"),
    "words": lazy_gettext("Words"),
    "colours": lazy_gettext("Looks: colours, typeface, header and footer"),
}
PARTS = {
    "staff": lazy_gettext("for staff"),
    "referrer": lazy_gettext("for the referrer"),
    "family": lazy_gettext("for the family"),
    "title": lazy_gettext("title"),
    "intro": lazy_gettext("introduction"),
    "label": lazy_gettext("question"),
    "hint": lazy_gettext("hint"),
    "option": lazy_gettext("option"),
    "subject": lazy_gettext("subject"),
    "body": lazy_gettext("text"),
}
UNITS = {
    "elapsed_hours": lazy_gettext("hours"),
    "calendar_days": lazy_gettext("days"),
    "working_days": lazy_gettext("working days"),
    "weeks": lazy_gettext("weeks"),
    "months": lazy_gettext("months"),
}
STEPS = {
    "begun": lazy_gettext("began this"),
    "edited": lazy_gettext("changed a value"),
    "edited_forms": lazy_gettext("changed the forms"),
    "edited_rules": lazy_gettext("changed the rules"),
    "edited_families": lazy_gettext("changed a test family"),
    "settled": lazy_gettext("chose between two values"),
    "undone": lazy_gettext("took an edit out"),
    "redone": lazy_gettext("did an edit again"),
    "checked": lazy_gettext("checked it"),
    "screened": lazy_gettext("answered the questions of equality and data protection"),
    "submitted": lazy_gettext("asked for approval"),
    "approved": lazy_gettext("approved it"),
    "sent_back": lazy_gettext("sent it back"),
    "published": lazy_gettext("published it"),
    "published_alone": lazy_gettext("published it without a second person"),
    "withdrawn": lazy_gettext("gave it up"),
    "emergency": lazy_gettext("published it at once"),
    "roll_back": lazy_gettext("rolled back"),
    "reviewed": lazy_gettext("reviewed it"),
}
LIVES = {
    "live": (lazy_gettext("Live now"), "done"),
    "planned": (lazy_gettext("Planned"), "waiting"),
    "overtaken": (lazy_gettext("Never live"), "negative"),
    "past": (lazy_gettext("Past"), ""),
}


def value_in_words(value: Any, setting: Setting | None = None) -> str:
    """Return a value as people read it: a number with its unit, yes or no, a list with commas."""
    if value is None or value == []:
        return str(_("none"))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, int | float):
        unit = unit_in_words(setting) if setting else ""
        return f"{format_decimal(value)}{'' if unit.startswith('%') else ' '}{unit}".strip()
    if setting is not None and setting.kind in ("choice", "choices"):
        return ", ".join(option_in_words(one) for one in (value if isinstance(value, list) else [value]))
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return ", ".join(str(one) for one in value)
    return value if isinstance(value, str) else str(_("a rule"))


def option_in_words(option: Any) -> str:
    """Return an option of a parameter as people read it; options are codes and have no labels of their own."""
    return str(option).replace("_", " ")


def unit_in_words(setting: Setting) -> str:
    """Return the unit of a number in the reader's language."""
    return str(UNITS[setting.unit]) if setting.group == "clocks" and setting.unit in UNITS else setting.unit


def name_in_words(setting: Setting) -> str:
    """Return what a setting is called, with which of its texts it is and in which language."""
    more = [str(PARTS[setting.part])] if setting.part in PARTS else []
    more += [language_in_words(setting)] if setting.language else []
    return f"{setting.label} ({', '.join(more)})" if more else setting.label


def language_in_words(setting: Setting) -> str:
    """Return the language of a text as its own readers call it, `""` for what has none."""
    return LANGUAGES.get(setting.language, setting.language)


def name_alone(setting: Setting) -> str:
    """Return what a setting is called, in whatever language its text is."""
    return f"{setting.label} ({PARTS[setting.part]})" if setting.part in PARTS else setting.label


def owner_in_words(owner: str) -> str:
    """Return what an owner of documents is called: the programme, the authority, else the shared library or its id."""
    looks = in_view()
    if looks is None:
        return owner
    if owner in (looks.programme, looks.authority):
        return spoken(looks.title if owner == looks.programme else looks.authority_title)
    return str(_("The shared library")) if owner == looks.library else owner


@bp.app_context_processor
def words() -> dict[str, Any]:
    """Give the templates these words."""
    return {
        "change_states": STATES,
        "change_kinds": KINDS,
        "setting_groups": GROUPS,
        "change_steps": STEPS,
        "snapshot_states": LIVES,
        "value_in_words": value_in_words,
        "option_in_words": option_in_words,
        "unit_in_words": unit_in_words,
        "name_in_words": name_in_words,
        "name_alone": name_alone,
        "language_in_words": language_in_words,
        "owner_in_words": owner_in_words,
    }
