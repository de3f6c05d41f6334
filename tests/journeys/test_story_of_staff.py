"""How staff come in: an invitation, a password, a code app; and no way round it."""

import re

import pytest
from tests.journeys.conftest import Cast
from tests.journeys.devices import Device
from tests.journeys.people import Officer, Staff
from tests.journeys.product import Product

pytestmark = pytest.mark.browser
EMAIL, PASSWORD = "wilhelmina.achebe@derby-city.example", "heron quilt mackerel"


def test_new_staff_are_invited_enrol_and_sign_in_with_password_and_code(
    product: Product, somebody: Cast, device: Device
) -> None:
    product.start()
    administrator = somebody(Staff, device)
    administrator.signs_in_as("Samuel Osei")
    administrator.opens("/accounts/new")
    administrator.page.get_by_label("Name").fill("Wilhelmina Achebe")
    administrator.page.get_by_label(re.compile("E-mail|e-mail")).fill(EMAIL)
    administrator.page.get_by_label("Front-door officer").check()
    before = len(product.mailbox.of(EMAIL))
    administrator.presses(re.compile("^(Add|Invite|Save)"))

    officer = somebody(Officer, device)
    secret = officer.enrols(product.mailbox.next_link(EMAIL, before), PASSWORD)
    officer.signs_in_by_password(EMAIL, PASSWORD, secret)
    officer.reads("Queue")
    officer.signs_out()
    officer.opens("/queue")
    officer.reads("Sign in as council staff")
