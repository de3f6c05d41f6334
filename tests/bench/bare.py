"""The least that could be called receiving a nomination: check it against the same form, insert it, durably.

What the product does besides (duplicates, decisions, receipts, alert, consent, acknowledgement, one transaction) is
what the ratio to this view pays for.
"""

import secrets

from flask import Flask, request
from flask.typing import ResponseReturnValue
from tests.services.builders import RUNNING

from frontdoor import clock, settings
from frontdoor.domain.forms.accept import accept
from frontdoor.services import programmes
from frontdoor.store import connection
from frontdoor.store.client import database


def create_wsgi() -> Flask:
    """Return the bare application, over the same database by the same driver."""
    configured = settings.read()
    connection.open_database(configured.mongodb_uri, configured.database)
    app = Flask("bare")

    @app.post("/api/v1/programmes/<programme>/nominations")
    def receive(programme: str) -> ResponseReturnValue:
        (authority,) = (name for name, runs in RUNNING.items() if runs == programme)
        at = clock.now()
        live = programmes.live(authority, programme, at)
        form = live.forms[live.pathway.intake.form]
        answers = accept(form, request.get_json()["answers"], as_of=live.calendar.local_date(at))
        reference = secrets.token_hex(8)
        database()["bare"].insert_one({"_id": reference, "received_at": at, "answers": answers})
        return {"reference": reference}, 201

    @app.get("/health")
    def well() -> ResponseReturnValue:
        return {"status": "well"}

    return app
