"""The pages about one case. Every route of a case is listed here; the views are in casework_*.py by what is done."""

from flask import Blueprint

from frontdoor.web import (
    casework_asking,
    casework_deciding,
    casework_facts,
    casework_joining,
    casework_reading,
    printing,
)

bp = Blueprint("casework", __name__, url_prefix="/cases/<reference>")

_BOTH = ("GET", "POST")

bp.add_url_rule("", "case", casework_reading.case)
bp.add_url_rule("/receipts/<receipt_id>", "receipt", casework_reading.receipt)
bp.add_url_rule("/receipts/<receipt_id>/replay", "replay", casework_reading.replayed, methods=("POST",))
bp.add_url_rule("/submissions/<submission_id>", "submission", casework_reading.submission)
bp.add_url_rule("/submissions/<submission_id>/print", "printout", printing.case_form)
bp.add_url_rule("/submissions/<submission_id>/pdf", "pdf", printing.case_pdf)
bp.add_url_rule("/facts/<fact_id>", "fact", casework_facts.fact, methods=_BOTH)
bp.add_url_rule("/decisions/<code>/confirm", "confirm", casework_deciding.confirm, methods=_BOTH)
bp.add_url_rule("/decisions/<code>/override", "override", casework_deciding.override, methods=_BOTH)
bp.add_url_rule("/decisions/<code>/known", "known", casework_deciding.known, methods=_BOTH)
bp.add_url_rule("/decisions/<code>/countersign", "countersign", casework_deciding.countersign, methods=_BOTH)
bp.add_url_rule("/family", "family", casework_joining.family)
bp.add_url_rule("/family/<other_reference>/<any(join,part):what>", "join", casework_joining.join, methods=_BOTH)
bp.add_url_rule("/ask", "ask", casework_asking.ask, methods=_BOTH)
bp.add_url_rule("/forms/<form>", "form", casework_asking.form, methods=("POST",))
bp.add_url_rule("/tasks/<task_id>/seen", "seen", casework_asking.seen, methods=("POST",))
