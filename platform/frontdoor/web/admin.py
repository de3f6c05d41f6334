"""Changes, history, accounts, organisations, outbox and access log: all that is kept rather than done."""

from frontdoor.web import (
    admin_accounts,
    admin_changes,
    admin_edits,
    admin_families,
    admin_form_conditions,
    admin_form_entry,
    admin_form_maps,
    admin_form_preview,
    admin_forms,
    admin_history,
    admin_lab,
    admin_lab_change,
    admin_lab_words,
    admin_organisations,
    admin_oversight,
    admin_past_families,
    admin_preview,
    admin_replays,
    admin_rule_checks,
    admin_rule_entry,
    admin_rule_examples,
    admin_rule_systems,
    admin_rules,
    admin_trial_known,
    admin_trial_outcome,
    admin_trials,
    admin_words,
)
from frontdoor.web.admin_blueprint import bp

__all__ = [
    "admin_accounts", "admin_changes", "admin_edits", "admin_families", "admin_form_conditions", "admin_form_entry",
    "admin_form_maps", "admin_form_preview", "admin_forms", "admin_history", "admin_lab", "admin_lab_change",
    "admin_lab_words", "admin_organisations", "admin_oversight", "admin_past_families", "admin_preview",
    "admin_replays", "admin_rule_checks", "admin_rule_entry", "admin_rule_examples", "admin_rule_systems",
    "admin_rules", "admin_trial_known", "admin_trial_outcome", "admin_trials", "admin_words", "bp",
]  # fmt: skip
