import pytest
from cryptography.fernet import Fernet
from tests.store.conftest import NORTH, NOW, partner, staff

from frontdoor.domain.access import authority_token
from frontdoor.domain.errors import FrontDoorError, NotFound
from frontdoor.store import files, secrets

OFFICER = staff()


@pytest.fixture
def keys(opened):
    """Two keys; whichever was configured before is back afterwards."""
    before = secrets._Keys.cipher, secrets._Keys.digesting
    yield Fernet.generate_key().decode(), Fernet.generate_key().decode()
    secrets._Keys.cipher, secrets._Keys.digesting = before


def test_what_was_encrypted_is_unlike_it_each_time_and_comes_back(keys):
    secrets.configure(keys[0])
    first, second = secrets.encrypt("ŵyneb"), secrets.encrypt("ŵyneb")
    assert first != second
    assert [secrets.decrypt(first), secrets.decrypt(second)] == ["ŵyneb"] * 2


def test_a_new_key_still_reads_what_the_old_one_wrote_and_finds_by_the_same_digest(keys):
    old, new = keys
    secrets.configure(old)
    written, digest = secrets.encrypt("x"), secrets.keyed_digest("nhs:1")
    secrets.configure(new, older=(old,))
    assert (secrets.decrypt(written), secrets.keyed_digest("nhs:1")) == ("x", digest)
    secrets.configure(new)
    assert secrets.keyed_digest("nhs:1") != digest
    with pytest.raises(FrontDoorError, match="another key"):
        secrets.decrypt(written)


def test_equal_values_of_two_kinds_have_two_digests(opened):
    assert secrets.keyed_digest("nhs:1") != secrets.keyed_digest("nino:1")
    assert len(secrets.keyed_digest("nhs:1")) == 64


def test_what_is_no_key_is_refused_and_no_key_at_all_says_so(keys):
    with pytest.raises(FrontDoorError, match="32 bytes"):
        secrets.configure("too short")
    secrets._Keys.cipher = None
    with pytest.raises(FrontDoorError, match="configure"):
        secrets.encrypt("x")
    with pytest.raises(FrontDoorError, match="configure"):
        secrets.keyed_digest("x")


def test_an_upload_and_its_name_are_unreadable_in_the_database(store):
    upload = files.Upload("Smith family.pdf", "application/pdf", b"%PDF told" * 40_000, (authority_token(NORTH),))
    file_id = files.put(OFFICER, upload, at=NOW)
    found = files.get(OFFICER, file_id)
    assert (found.name, found.media_type, found.content) == (upload.name, upload.media_type, upload.content)
    assert (found.size, found.uploaded_at) == (len(upload.content), NOW)
    stored = str(store["uploads.files"].find_one()) + str(list(store["uploads.chunks"].find()))
    assert "Smith" not in stored
    assert "told" not in stored
    assert store["uploads.chunks"].count_documents({}) > 1


def test_an_upload_goes_over_to_the_case_that_its_draft_became(store):
    own = tuple(partner().tokens)
    file_id = files.put(partner(), files.Upload("a", "text/plain", b"a", own), at=NOW)
    with pytest.raises(NotFound):
        files.get(OFFICER, file_id)
    files.hand_over(partner(), [file_id], (authority_token(NORTH),))
    assert files.get(OFFICER, file_id).content == b"a"
    files.discard(OFFICER, file_id)
    assert store["uploads.chunks"].count_documents({}) == 0
