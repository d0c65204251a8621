"""What is said of a mail claims no more than is known."""

import pytest

from metaoptout_tui.core.mail import SenderTrust, SenderVerdict, TrustReason, describe_trust


@pytest.mark.parametrize("because", TrustReason)
@pytest.mark.parametrize("server", ["mx.mail.example", ""])
def test_every_reason_has_its_words_and_none_says_that_a_signature_was_checked(
    because: TrustReason, server: str
) -> None:
    words = describe_trust(SenderVerdict(SenderTrust.UNKNOWN, because, server))
    assert words.endswith(".")
    assert "{" not in words
    rest = words.replace("No signature was checked", "").casefold()
    for claim in ("signature", "genuine", "proves", "verified", "safe"):
        assert claim not in rest
