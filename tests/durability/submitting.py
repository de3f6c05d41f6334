"""A partner's system that nominates without end: each nomination again and again until it is acknowledged."""

import json
import random
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from typing import Any

from tests.services.builders import answers

RETRIES = (409, 429, 500, 502, 503, 504)
# Names that exist nowhere else, so that finding one in a log tells where it came from.
SURNAMES = ("Quillfeather", "Ostrowhim", "Vanterpoole", "Adebisinwe", "Llwyngerdd", "Szczygłowicz")
GIVEN = ("Thessaly", "Oberonn", "Marigoldy", "Ptolemyx", "Cadwalladre")


@dataclass(frozen=True)
class Sent:
    """One nomination that was acknowledged."""

    key: str
    reference: str
    answers: dict[str, Any]
    concern: bool
    tries: int


class Submitter(Thread):
    """One system with its token. `acknowledged` holds what it was promised, `unanswered` what it still tries."""

    def __init__(self, name: str, port: int, token: dict[str, str], programme: str, authority: str, seed: int) -> None:
        super().__init__(name=name, daemon=True)
        self.port, self.token, self.programme, self.authority = port, token, programme, authority
        self.chance = random.Random(seed)  # noqa: S311 - a test's dice
        self.over = Event()
        self.acknowledged: list[Sent] = []
        self.refused: list[str] = []
        self.unanswered: set[str] = set()

    def run(self) -> None:
        """Nominate until told to stop, and finish the last one."""
        for number, told in enumerate(self._families()):
            if self.over.is_set():
                return
            key = f"{self.name}-{number}"
            self.unanswered.add(key)
            if self._promised(key, told):
                self.unanswered.discard(key)

    def _promised(self, key: str, told: dict[str, Any]) -> bool:
        limit = time.monotonic() + 90
        for tries in range(1, 10_000):
            answer = self._post(key, told)
            if answer is not None and answer["status"] == 201:
                sent = Sent(f"{self.token['account']}:{key}", answer["reference"], told, told["concern"] != "no", tries)
                self.acknowledged.append(sent)
                if self.chance.random() < 0.2:
                    self._again(sent, key)
                return True
            if answer is not None and answer["status"] not in RETRIES:
                self.refused.append(json.dumps(answer)[:500])
                return False
            if time.monotonic() > limit:
                return False
            time.sleep(self.chance.uniform(0.02, 0.2))
        return False

    def _again(self, sent: Sent, key: str) -> None:
        """Send what was acknowledged once more, as a system does that lost the answer: it is the same nomination."""
        answer = self._post(key, sent.answers)
        if answer is not None and answer["status"] == 201 and answer["reference"] != sent.reference:
            self.refused.append(f"{sent.reference} became {answer['reference']} when it was sent again")

    def _post(self, key: str, told: dict[str, Any]) -> dict[str, Any] | None:
        headers = {"Authorization": f"Bearer {self.token['secret']}", "Content-Type": "application/json"}
        body = json.dumps({"reference": key, "answers": told})
        with (
            suppress(OSError, HTTPException, ValueError),
            closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as to,
        ):
            to.request("POST", f"/api/v1/programmes/{self.programme}/nominations", body, headers)
            response = to.getresponse()
            said = json.loads(response.read())
            return {**said, "status": response.status}
        return None

    def _families(self) -> Iterator[dict[str, Any]]:
        """Yield answers: mostly new families, some that several systems know, one in four with a concern."""
        while True:
            surname, given = self.chance.choice(SURNAMES), self.chance.choice(GIVEN)
            year = 2012 if self.chance.random() < 0.3 else self.chance.randint(2009, 2023)
            child = {"id": "chld", "relationship": "child", "given_name": given, "family_name": surname}
            child["dob"] = (
                f"{year}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
                if year != 2012
                else "2012-06-06"
            )
            more: dict[str, Any] = {"family_name": surname, "members": [child], "offence": "no", "offence_who": None}
            if self.chance.random() < 0.25:
                more |= {"concern": "being_harmed", "harm_details": f"{given} came with a bruise"}
            yield answers(
                self.authority, **{**more, "offence_on": None} if self.authority == "derby-city" else _without(more)
            )


def _without(more: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in more.items() if not key.startswith("offence")}
