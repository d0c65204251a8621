"""However a person names an account, one form of it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.record.account_names import MAX_ID_LENGTH, new_account_id, normalize_account_name
from metaoptout_tui.core.text import replace_unsafe_characters

HOSTS = {
    "instagram": ("instagram.com",),
    "threads": ("threads.com", "threads.net"),
    "facebook": ("facebook.com",),
    "whatsapp": ("whatsapp.com",),
    "meta-ai": ("meta.ai",),
}


def kept(platform: str, typed: str) -> str:
    return normalize_account_name(platform, typed, HOSTS[platform])


@pytest.mark.parametrize(
    "typed",
    [
        "instagram.com/anna.nl/",
        "https://www.instagram.com/anna.nl?igsh=MTk4&utm_source=qr",
        "https://instagram.com/anna.nl/reels/",
        "https://www.instagram.com/_u/anna.nl",
        "https://instagram.com/%40anna.nl",
        "<https://www.instagram.com/anna.nl>",
        "HTTPS://WWW.INSTAGRAM.COM/Anna.NL",
        "@anna.nl",
        "anna.nl",
        "  @Anna.NL\n",
        "anna\u200b.nl",
        '"anna.nl"',
    ],
)
def test_one_instagram_name_in_many_ways(typed: str) -> None:
    assert kept("instagram", typed) == "@anna.nl"


@pytest.mark.parametrize(
    "typed", ["https://www.threads.net/@anna_1/post/C1", "threads.com/@anna_1", "@anna_1", "ANNA_1"]
)
def test_one_threads_name_in_many_ways(typed: str) -> None:
    assert kept("threads", typed) == "@anna_1"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("facebook.com/anna.jansen.5", "anna.jansen.5"),
        ("https://m.facebook.com/anna.jansen.5?ref=x", "anna.jansen.5"),
        ("https://www.facebook.com/profile.php?id=100012345", "id 100012345"),
        ("https://www.facebook.com/profile.php?sk=about&id=100012345", "id 100012345"),
        ("https://www.facebook.com/people/Anna-Jansen/100012345/", "id 100012345"),
        ("https://www.facebook.com/p/Annas-Shop-100012345/", "id 100012345"),
        ("https://www.facebook.com/100012345", "id 100012345"),
        ("fb.com/anna", "anna"),
        ("Anna   Jansen ", "Anna Jansen"),
        ("Änne\u202e Müller", "Änne Müller"),
        ("Jo\u0308rg", "Jörg"),
        ("Anna / bike shop", "Anna / bike shop"),
        ("@anna.jansen.5", "anna.jansen.5"),
        ("„Anna Jansen“", "Anna Jansen"),
        ("Anna “the rower”", "Anna “the rower”"),
    ],
)
def test_a_facebook_account_by_its_address_or_its_name(typed: str, name: str) -> None:
    assert kept("facebook", typed) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("+31612345678", "+31 6 12345678"),
        ("0031 6 1234 5678", "+31 6 12345678"),
        ("+31 (0)6-12345678", "+31 6 12345678"),
        ("0031(0)612345678", "+31 6 12345678"),
        ("(+31) (0) 6 12345678", "+31 6 12345678"),
        ("06 (0)1234567", "06 01234567"),
        ("+0031612345678", "+31 6 12345678"),
        ("wa.me/31612345678", "+31 6 12345678"),
        ("https://wa.me/31612345678?text=hi", "+31 6 12345678"),
        ("https://api.whatsapp.com/send?phone=31612345678", "+31 6 12345678"),
        ("tel:+31-6-12345678", "+31 6 12345678"),
        ("whatsapp://send?phone=31612345678", "+31 6 12345678"),
        ("\u202a+31 6 12345678\u202c", "+31 6 12345678"),
        ("06-12345678", "06 12345678"),
        ("٠٦١٢٣٤٥٦٧٨", "06 12345678"),
        ("+49 170/1234567", "+49 170 123 4567"),
        ("+1 (202) 555-0143", "+1 202 555 0143"),
        ("+352 621 123 456", "+352 621 123 456"),
        ("0170 1234567", "017 012 345 67"),
        ("work phone", "work phone"),
        ("phone 2", "phone 2"),
    ],
)
def test_a_whatsapp_account_by_its_number_or_a_label(typed: str, name: str) -> None:
    assert kept("whatsapp", typed) == name


def test_the_meta_ai_app_goes_by_any_name() -> None:
    assert kept("meta-ai", "My  glasses") == "My glasses"
    assert kept("meta-ai", "https://www.meta.ai/@anna") == "anna"


def test_no_country_code_is_invented() -> None:
    assert "+" not in kept("whatsapp", "0612345678")
    assert "+" not in kept("whatsapp", "612345678")


@pytest.mark.parametrize(
    ("platform", "typed", "about"),
    [
        ("instagram", "", "no name"),
        ("instagram", " \u200b ", "no name"),
        ("instagram", "@", "no name"),
        ("instagram", "https://instagram.com/@/", "after the @"),
        ("instagram", "anna nl", "no blanks"),
        ("instagram", "jörg", "letters a to z"),
        ("instagram", "anna-nl", "letters a to z"),
        ("instagram", "anna@example.org", "letters a to z"),
        ("instagram", "\x1b[31manna", "letters a to z"),
        ("instagram", "a" * 31, "at most 30"),
        ("instagram", ".anna", "full stop"),
        ("instagram", "anna.", "full stop"),
        ("instagram", "an..na", "full stop"),
        ("instagram", "instagram.com", "not the address of a profile"),
        ("instagram", "https://www.instagram.com/", "not the address of a profile"),
        ("instagram", "https://www.instagram.com/p/Cxyz/", "not the address of a profile"),
        ("instagram", "https://evil.example/anna", "evil.example, not on instagram.com"),
        ("instagram", "https://instagram.com.evil.example/anna", "not on instagram.com"),
        ("instagram", "https://notinstagram.com/anna", "not on instagram.com"),
        ("instagram", "https://instagram.com@evil.example/anna", "evil.example, not on"),
        ("instagram", "http://[::1", "not on instagram.com"),
        ("instagram", "x" * 5_000, "too long"),
        ("threads", "https://www.instagram.com/anna", "threads.com or threads.net"),
        ("facebook", "https://www.facebook.com/groups/123", "not the address of a profile"),
        ("facebook", "https://www.facebook.com/share/1AbC/", "not the address of a profile"),
        ("facebook", "https://www.facebook.com/profile.php", "whose profile"),
        ("facebook", "https://www.facebook.com/profile.php?id=evil", "whose profile"),
        ("facebook", "...", "no letter or digit"),
        ("facebook", "A" * 81, "81 characters"),
        ("whatsapp", "123", "5 to 15 digits"),
        ("whatsapp", "+31 6 1234567890123", "5 to 15 digits"),
        ("whatsapp", "+06 12345678", "begins with a zero"),
        ("whatsapp", "--", "no letter or digit"),
        ("whatsapp", "https://chat.whatsapp.com/AbCd", "no phone number"),
        ("whatsapp", "https://evil.example/31612345678", "not on whatsapp.com or wa.me"),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_the_reason(platform: str, typed: str, about: str) -> None:
    with pytest.raises(InputRefused, match=about) as refused:
        kept(platform, typed)
    assert str(refused.value).isprintable()


@given(st.sampled_from(sorted(HOSTS)), st.text(max_size=40))
def test_whatever_is_typed_is_refused_or_kept_in_one_form(platform: str, typed: str) -> None:
    try:
        name = kept(platform, typed)
    except InputRefused:
        return
    assert name
    assert replace_unsafe_characters(name) == name
    assert len(name.splitlines()) == 1
    assert kept(platform, name) == name


@given(st.from_regex(r"\A[+]?[0-9][0-9 .-]{4,16}\Z"))
def test_a_number_keeps_its_digits(typed: str) -> None:
    try:
        name = kept("whatsapp", typed)
    except InputRefused:
        return
    digits = "".join(filter(str.isdigit, typed))
    international = typed.startswith("+") or digits.startswith("00")
    assert name.startswith("+") == international
    assert "".join(filter(str.isdigit, name)) == (digits if not international else digits.removeprefix("00"))
    assert kept("whatsapp", name) == name


@pytest.mark.parametrize(
    ("platform", "name", "id"),
    [
        ("instagram", "@anna.nl", "instagram-anna-nl"),
        ("facebook", "Anna Jansen", "facebook-anna-jansen"),
        ("facebook", "Łukasz Größe-Ñandú Ærø", "facebook-lukasz-grosse-nandu-aero"),
        ("facebook", "id 100012345", "facebook-id-100012345"),
        ("facebook", "Анна", "facebook"),
        ("whatsapp", "+31 6 12345678", "whatsapp-5678"),
        ("whatsapp", "work phone", "whatsapp-work-phone"),
    ],
)
def test_an_id_can_be_typed(platform: str, name: str, id: str) -> None:
    assert new_account_id(platform, name, ()) == id
    assert new_account_id(platform, name, {id}) == f"{id}-2"
    assert new_account_id(platform, name, {id, f"{id}-2"}) == f"{id}-3"


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=5))
def test_ids_are_plain_and_all_different(name: str, others: list[str]) -> None:
    taken: set[str] = set()
    for other in [*others, name, name]:
        made = new_account_id("facebook", other, taken)
        assert made not in taken
        assert made.isascii()
        assert made.replace("-", "").isalnum()
        assert not made.startswith("-")
        assert len(made) <= MAX_ID_LENGTH + 3
        taken.add(made)
