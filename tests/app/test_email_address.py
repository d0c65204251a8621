"""A slip in an e-mail address is seen at once, and named."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metaoptout_tui.app.email_address import normalize_email
from metaoptout_tui.core.errors import InputRefused


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("anna@example.org", "anna@example.org"),
        (" anna@example.org\n", "anna@example.org"),
        ("Anna.Jansen+meta@EXAMPLE.org", "Anna.Jansen+meta@example.org"),
        ("anna@mail.example", "anna@mail.example"),
        ("anna@a.b.example.com", "anna@a.b.example.com"),
        ("jörg@müller.example", "jörg@müller.example"),
        ("anna@xn--mller-kva.example", "anna@müller.example"),
        ("mailto:anna@example.org?subject=x", "anna@example.org"),
        ("Anna Jansen <anna@example.org>", "anna@example.org"),
        ("anna\u200b@example.org", "anna@example.org"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, address: str) -> None:
    assert normalize_email(typed) == address
    assert normalize_email(address) == address


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("", "no e-mail address"),
        ("   ", "no e-mail address"),
        ("anna", "no @"),
        ("anna.example.org", "no @"),
        ("anna jansen@example.org", "blank"),
        ("anna@exam ple.org", "blank"),
        ("anna@@example.org", "more than one @"),
        ("anna@home@example.org", "more than one @"),
        ("@example.org", "nothing before"),
        ("anna@", "nothing after"),
        ("anna@example", "no full stop after"),
        ("anna@localhost", "no full stop after"),
        ("anna@example.org.", "ends with a full stop"),
        ("anna@example..org", "two full stops"),
        ("an..na@example.org", "two full stops"),
        (".anna@example.org", "begins with a full stop"),
        ("anna.@example.org", "beside the @"),
        ("anna@.example.org", "beside the @"),
        ("anna@example,org", "comma"),
        ("anna@example.org, bob@example.org", "blank"),
        ("anna@example.org;bob.example", "semicolon"),
        ("anna@example.org\x00", "cannot be seen"),
        ("an(na@example.org", "invalid characters"),
        ("anna@ex_ample.org", "invalid characters"),
        ("anna@-example.org", "hyphen"),
        ("anna@example.123", "top-level"),
        ("anna@[127.0.0.1]", "bracketed"),
        ("anna@shop.local", "reserved"),
        ("a" * 65 + "@example.org", "too long"),
        ("anna@" + "x" * 64 + ".org", "too many"),
        ("a" * 5_000 + "@example.org", "no @"),
    ],
)
def test_a_mistake_is_named_in_one_sentence(typed: str, about: str) -> None:
    with pytest.raises(InputRefused, match=about) as refused:
        normalize_email(typed)
    assert refused.value.what.endswith(".")
    assert refused.value.what.isprintable()
    assert "example.org" in refused.value.todo


def test_nothing_is_asked_of_any_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    assert normalize_email("anna@example.org") == "anna@example.org"


@pytest.mark.exhaustive
@settings(deadline=None)  # the first one imports what the others use
@given(st.text(max_size=30), st.text(max_size=30))
def test_anything_typed_is_kept_or_refused(name: str, domain: str) -> None:
    try:
        address = normalize_email(f"{name}@{domain}")
    except InputRefused:
        return
    assert address.count("@") == 1
    assert normalize_email(address) == address
