"""The page on which an administrator gives the authority's own systems a token for its rules."""

import re

from tests.web.administering import application, people, problems_shown, site

__all__ = ["application", "people", "site"]
PAGE = "/rule-systems"
ASKED = "/api/v1/rules/derby/decisions/TFP1-E/decide"


def asked(person, secret):
    headers = {"Authorization": f"Bearer {secret}"}
    return person.browser.post(ASKED, json={"facts": {}}, headers=headers).status_code


def test_a_token_is_issued_shown_once_used_and_revoked(people):
    ada = people("account_administrator", "Ada")
    assert PAGE in ada.get("/organisations").text
    shown = ada.post(PAGE, label="Data warehouse")
    assert shown.status_code == 201
    secret = re.search(r"fd_[\w-]+", shown.text)
    assert secret is not None
    page = ada.get(PAGE).text
    assert "Data warehouse" in page
    assert secret[0] not in page
    assert asked(ada, secret[0]) == 200
    revoke = re.search(r'action="(/rule-systems/[^"]+/revoke)"', page)
    assert revoke is not None
    assert ada.post(revoke[1], page=PAGE).status_code == 303
    assert asked(ada, secret[0]) == 401
    assert "Revoked" in ada.get(PAGE).text


def test_a_system_without_a_name_is_asked_for_it(people):
    refused = people("account_administrator", "Ada").post(PAGE, label=" ")
    assert refused.status_code == 422
    assert list(problems_shown(refused.text)) == ["label"]


def test_a_configurer_does_not_issue_such_tokens(people):
    assert people("configurer", "Iona").get(PAGE).status_code == 403
