"""What partners' systems send and get, described once: the schemas read, write and document."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from frontdoor.domain.forms.formats import FORBIDDEN


class Nomination(Schema):
    """A nomination from a partner's own system."""

    reference = fields.String(
        required=True,
        validate=validate.Regexp(
            r"[A-Za-z0-9][A-Za-z0-9 ._:/-]{0,99}\Z",
            error="Use 1 to 100 letters, figures, spaces and . _ : / -, a letter or figure first",
        ),
        metadata={
            "description": "The partner's own reference, unique for its token. Sent again with the same answers it is "
            "a repeat; with other answers it is an amendment.",
            "example": "SIMS-2026-00417",
        },
    )
    answers = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={"description": "Answers by question id, as the form's JSON Schema describes them."},
    )


class Acknowledged(Schema):
    """What is told at once: the same for every family."""

    reference = fields.String(metadata={"example": "DER-7K3M-9QZX-4"})
    received_at = fields.AwareDateTime(format="iso", metadata={"description": "When it was received, in UTC."})
    amended = fields.Boolean(metadata={"description": "Whether this replaced what the same reference sent before."})


class SentFile(Schema):
    """A file, as multipart/form-data."""

    file = Upload(
        required=True,
        metadata={
            "description": "A PDF, a Word document (.docx), a JPEG or a PNG of at most 10 MB: what its first bytes say."
        },
    )


class KeptFile(Schema):
    """A file that is kept until a nomination names it, or for a day."""

    id = fields.String(
        metadata={
            "description": "The file's id, an answer to a question that asks for files. Only the token that sent the "
            "file may name it.",
            "example": "3f0c9a57e2d84b1f9c6d0a1b2c3d4e5f",
        }
    )


class AskedBack(Schema):
    """A question that the front door asks about a nomination."""

    id = fields.String()
    asked_at = fields.AwareDateTime(format="iso")
    text = fields.String()
    replied_at = fields.AwareDateTime(format="iso", allow_none=True)


class Standing(Schema):
    """How a nomination stands, in the referrer's words."""

    reference = fields.String()
    received_at = fields.AwareDateTime(format="iso")
    status = fields.String(validate=validate.OneOf(("received", "question", "decided")))
    status_text = fields.String()
    questions = fields.List(fields.Nested(AskedBack))


class Reply(Schema):
    """An answer to a question back."""

    text = fields.String(required=True, validate=validate.Length(1, 5_000))

    @validates_schema
    def says_something(self, data: dict[str, Any], **_: object) -> None:
        """Refuse a reply of blanks, or with characters that no text has."""
        if not str(data.get("text", "")).strip():
            raise ValidationError("Enter your reply", "text")
        if FORBIDDEN.search(data["text"]):
            raise ValidationError("Take out the characters that cannot be shown", "text")


class RunProgramme(Schema):
    """A programme that the token's authority runs, and the form that a nomination to it fills in."""

    id = fields.String()
    title = fields.String()
    form = fields.String(metadata={"description": "The address of the form's compiled schemas."})


class CompiledForm(Schema):
    """A form as self-contained JSON Schema 2020-12 with a JSON Forms UI schema."""

    schema = fields.Dict(metadata={"description": "JSON Schema 2020-12."})
    uischema = fields.Dict(metadata={"description": "JSON Forms UI schema."})
    outside = fields.Dict(
        data_key="x-frontdoor",
        metadata={
            "description": "What the server checks beyond the schema: `not_in_schema`, and `limits` on the whole."
        },
    )


class OneProblem(Schema):
    """One field's problem."""

    field = fields.String(metadata={"description": "A JSON pointer into the answers."})
    code = fields.String()
    message = fields.String()


class ProblemDocument(Schema):
    """RFC 9457 problem details with our stable code."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    code = fields.String()
    problems = fields.List(fields.Nested(OneProblem))
