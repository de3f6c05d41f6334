"""What an authority's own systems send to its rules and get back, described once."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

_MOST_SECONDS = 30


class GivenFacts(Schema):
    """What to decide on: flat facts, or answers by form."""

    facts = fields.Dict(keys=fields.String(), metadata={"description": "Facts by id; null is unknown."})
    answers = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String()),
        metadata={"description": "Answers by form id and question id, as the forms' JSON Schema describes them."},
    )
    as_of = fields.String(
        validate=validate.Regexp(r"\d{4}-\d{2}-\d{2}\Z", error="Write the date like 2026-11-23"),
        metadata={"description": "The day of the decision; left out, today.", "example": "2026-11-23"},
    )
    parameters = fields.Dict(keys=fields.String(), metadata={"description": "Parameters that are to be other."})

    @validates_schema
    def one_of_them(self, data: dict[str, Any], **_: object) -> None:
        """Refuse both facts and answers, and neither."""
        if ("facts" in data) == ("answers" in data):
            raise ValidationError("Give either facts or answers", "facts")


class HowLong(Schema):
    """How long a proof may take."""

    seconds = fields.Integer(
        load_default=20,
        strict=True,
        validate=validate.Range(1, _MOST_SECONDS, error=f"Give 1 to {_MOST_SECONDS} seconds"),
        metadata={"description": "After so many seconds what is still open is told as not proved."},
    )


class OtherParameters(Schema):
    """What to try."""

    parameters = fields.Dict(
        keys=fields.String(), required=True, metadata={"description": "Parameters by id with the values to try."}
    )


class DecidedReceipt(Schema):
    """The receipt of one decision, as `frontdoor decide` prints it."""

    code = fields.String()
    decision = fields.String()
    reason_code = fields.String()
    argument = fields.String(allow_none=True)
    outcome = fields.String(metadata={"example": "eligible / TWO_PLUS_LOCAL"})
    texts = fields.Dict(metadata={"description": "The reason for `staff`, `referrer` and `family`, by language."})
    rule_id = fields.String()
    fired = fields.List(fields.String())
    rows = fields.List(fields.Dict(), metadata={"description": "Each row with its truth: true, false or unknown."})
    facts = fields.Dict(metadata={"description": "Each fact that was used, with its value and where it comes from."})
    parameters = fields.Dict()
    outstanding = fields.List(fields.Dict(), metadata={"description": "The facts that could change the outcome."})
    as_of = fields.String()
    holidays = fields.String()
    engine = fields.String()
    snapshot = fields.Dict()
    situation = fields.Dict()


class ExplainedRow(Schema):
    """One row in words."""

    id = fields.String()
    label = fields.String()
    truth = fields.String(validate=validate.OneOf(("true", "false", "unknown", "error")))
    told = fields.String()
    decision = fields.String()
    decided = fields.Boolean()
    clauses = fields.List(fields.Dict(), metadata={"description": "`{words, truth, told, parts}`, nested."})


class ExplainedDecision(Schema):
    """A decision in words."""

    outcome = fields.String()
    texts = fields.Dict()
    outstanding = fields.List(fields.Dict())
    rows = fields.List(fields.Nested(ExplainedRow))


class VerifiedTable(Schema):
    """What a solver found, as `frontdoor verify` prints it."""

    decision = fields.String()
    as_of = fields.String()
    proved = fields.Boolean(metadata={"description": "False where something had no answer in time."})
    blocks = fields.Boolean()
    findings = fields.List(fields.Dict(), metadata={"description": "Each with `kind`, `rows` and `told` in words."})
    not_proved = fields.List(fields.String())
    disagreements = fields.List(fields.String())
    rows_looked_at = fields.Dict()


class OutcomeCount(Schema):
    """How many go from one decision to another; null: fewer than the threshold."""

    was = fields.String()
    now = fields.String()
    count = fields.Integer(allow_none=True)


class OverridesAgreed(Schema):
    """Of the cases that somebody decided otherwise than proposed: how many the rules agree with, before and after."""

    overrides = fields.Integer(allow_none=True)
    before = fields.Integer(allow_none=True)
    after = fields.Integer(allow_none=True)


class SimulatedChange(Schema):
    """What other parameters would do; counts are rounded to `threshold`, null below it."""

    decision = fields.String()
    cases = fields.Integer(allow_none=True)
    moved = fields.Integer(allow_none=True)
    undecided = fields.Integer(allow_none=True)
    matrix = fields.List(fields.Nested(OutcomeCount))
    by = fields.Dict(
        values=fields.Dict(values=fields.List(fields.Nested(OutcomeCount))),
        metadata={"description": "The same by area, team, month, agency and age band."},
    )
    agreement = fields.Nested(OverridesAgreed)
    threshold = fields.Integer()
