"""What a phone shows before anybody scrolls: in an emergency the numbers, and then at once what is asked."""

import pytest
from tests.journeys.conftest import Cast
from tests.journeys.devices import Device
from tests.journeys.people import Partner
from tests.journeys.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TALL, TALL_WITHOUT_SCRIPT = Device("phone", 390, 844), Device("phone-without-script", 390, 844, script=False)


@pytest.mark.parametrize("device", [TALL, TALL_WITHOUT_SCRIPT], ids=lambda device: device.name)
def test_the_numbers_and_the_first_question_are_on_the_first_screen(
    somebody: Cast, product: Product, device: Device
) -> None:
    product.start()
    tess = somebody(Partner, device)
    tess.signs_in_as("Margaret Achterberg-Lloyd")
    tess.begins_a_nomination()
    sees_them(tess, device)
    tess.presses("Cymraeg")
    sees_them(tess, device)


def sees_them(tess: Partner, device: Device) -> None:
    for place in (".fd-demo", ".fd-danger", "fieldset legend", "input[type=radio] >> nth=0"):
        found = tess.page.locator(place).first.bounding_box()
        assert found, place
        assert found["y"] + found["height"] <= device.height, place
    box = tess.page.locator(".fd-danger").bounding_box()
    question = tess.page.locator("legend").first.bounding_box()
    assert box
    assert question
    assert box["y"] < question["y"], "the numbers come first"
