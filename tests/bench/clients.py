"""Callers that measure: a few threads that send a bounded number of requests over connections that stay open."""

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from threading import Lock, Thread
from typing import Any

from tests.services.builders import answers

_SYLLABLES = (
    "ar",
    "bel",
    "cor",
    "den",
    "el",
    "fen",
    "gar",
    "hol",
    "ist",
    "jor",
    "kel",
    "lum",
    "mor",
    "nar",
    "os",
    "pel",
)
_HOME = {"line_1": "14 Larkspur Walk", "town": "Derby"}


def family(chance: random.Random) -> dict[str, Any]:
    """Return answers about a family that nobody has met: invented names, a date of birth, a postcode of no place."""
    surname, given = (("".join(chance.choices(_SYLLABLES, k=3))).title() for _ in range(2))
    child = {
        "id": "chld", "relationship": "child", "given_name": given, "family_name": surname,
        "dob": f"{chance.randint(2009, 2023)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
    }  # fmt: skip
    return answers(
        family_name=surname, members=[child], offence="no", offence_who=None, offence_on=None,
        address={**_HOME, "postcode": f"ZZ99 {chance.randint(1, 9)}VZ"},
    )  # fmt: skip


def per_second(send: Callable[[HTTPConnection, int], int], port: int, *, clients: int, requests: int) -> float:
    """Return how many requests a second some clients get answered together; each answer has to be a good one."""
    numbers, lock, wrong = iter(range(requests)), Lock(), []

    def work() -> None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                status = send(connection, number)
                if status not in (200, 201):
                    wrong.append(status)

    threads = [Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [], f"{len(wrong)} of {requests} were refused: {set(wrong)}"
    return requests / (time.perf_counter() - began)


def nominating(secret: str, told: Iterator[dict[str, Any]], prefix: str) -> Callable[[HTTPConnection, int], int]:
    """Return what sends one nomination of `told`, numbered."""
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    bodies, lock = told, Lock()

    def send(connection: HTTPConnection, number: int) -> int:
        with lock:
            body = json.dumps({"reference": f"{prefix}-{number}", "answers": next(bodies)})
        connection.request("POST", "/api/v1/programmes/derby/nominations", body, headers)
        response = connection.getresponse()
        response.read()
        return response.status

    return send


def milliseconds(act: Callable[[], Any]) -> float:
    """Return how long something took."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def typical(act: Callable[[], Any], times: int) -> float:
    """Return the lower quartile of some runs in milliseconds, the first two left out: others only ever slow it down."""
    return sorted([milliseconds(act) for _ in range(times + 2)][2:])[times // 4]


class Person:
    """Somebody signed in at a browser, by the demonstration's way in."""

    def __init__(self, port: int, account: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""
        token = re.search(r'name="csrf_token" value="([^"]*)"', self.get("/"))
        assert token is not None
        self._ask("POST", f"/sign-in/demo/{account}", f"csrf_token={token[1]}")

    def get(self, path: str) -> str:
        """Return a page, which has to be there."""
        return self._ask("GET", path)

    def leave(self) -> None:
        """Close the browser."""
        self.connection.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        said = response.read().decode()
        assert response.status in (200, 302, 303), f"{path}: {response.status}"
        given = response.getheader("Set-Cookie")
        if given:
            self.cookie = given.partition(";")[0]
        return said
