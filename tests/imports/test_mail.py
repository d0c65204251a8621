"""A mail that a person kept: what is read from it, and how far its sender is believed."""

from base64 import encodebytes
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from metaoptout_tui.core.mail import (
    SenderTrust,
    SenderVerdict,
    TrustReason,
    is_meta_mail_domain,
    judge_sender,
)
from metaoptout_tui.core.mail_wording import MailKind
from metaoptout_tui.imports.mail import parse_mail, read_mail
from sample_mails import HONOURED, OWN_SERVER, PASSED, alternative, forwarded, mail


def test_a_kept_mail_fills_what_the_person_would_have_typed(tmp_path: Path) -> None:
    data = mail(subject="=?utf-8?B?w5xiZXIgSWhyZSBBbmZyYWdl?=")
    (tmp_path / "answer.eml").write_bytes(data)
    read = read_mail(tmp_path / "answer.eml")
    assert (read.sender_name, read.sender) == ("Meta", "notification@facebookmail.com")
    assert read.subject == "Über Ihre Anfrage"
    assert read.sent_at == datetime(2026, 11, 20, 13, 12, 40, tzinfo=UTC)
    assert read.authentication_results == PASSED
    assert (read.sha256, read.size) == (sha256(data).hexdigest(), len(data))
    assert read.excerpt.startswith("Hi Anna,\n\nWe will honour")
    assert not read.is_forwarded


class TestKind:
    @pytest.mark.parametrize(
        ("subject", "body", "kind"),
        [
            ("About your request", HONOURED, MailKind.HONOURED),
            ("", "We will also honor your objection for other accounts.", MailKind.HONOURED),
            ("", "We\nwill   honour\nyour objection.", MailKind.HONOURED),
            ("", "We have reviewed this and cannot take further action.", MailKind.REFUSED),
            ("", "We can\u2019t take any further action on your request.", MailKind.REFUSED),
            ("", "We won't honour your objection.", MailKind.REFUSED),
            ("Your confirmation code", "123456 is your code. Do not share it.", MailKind.CODE),
            ("", "Dein Bestätigungscode lautet 88112233.", MailKind.CODE),
            ("", "Your security code is safe with us.", MailKind.UNKNOWN),
            (
                "Erfahre, wie wir deine Informationen im Zuge der Verbesserung von KI bei Meta verwenden",
                "Wir werden deine Informationen verwenden.",
                MailKind.ANNOUNCEMENT,
            ),
            ("", "You have the right to object to the use of your information.", MailKind.ANNOUNCEMENT),
            ("", "You have the right to object. If you do, we will honour your objection.", MailKind.ANNOUNCEMENT),
            ("", "We will honour your objection. We cannot take further action.", MailKind.UNKNOWN),
            ("", "Wij hebben uw bericht doorgestuurd.", MailKind.UNKNOWN),
            ("", "Your order of 20261120 has been sent.", MailKind.UNKNOWN),
            ("", "", MailKind.UNKNOWN),
        ],
    )
    def test_is_told_by_its_wording(self, subject: str, body: str, kind: MailKind) -> None:
        assert parse_mail(mail(body, subject=subject), "a.eml").kind is kind

    def test_of_a_report_that_a_mail_did_not_arrive_is_told_by_its_form(self) -> None:
        report = (
            "--b\nContent-Type: text/plain\n\nYour message could not be delivered.\n"
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.mail.example\n\n"
            "Final-Recipient: rfc822; office@example.com\nAction: {action}\nStatus: 5.1.1\n"
            "--b\nContent-Type: message/rfc822\n\n{own}\n--b--\n"
        )
        own = mail("Please honour my objection.", sender="anna@example.org").decode()
        headers = 'Content-Type: multipart/report; report-type="delivery-status"; boundary=b\n'
        sender = "Mail Delivery System <mailer-daemon@mail.example>"
        failed = parse_mail(mail(report.format(action="failed", own=own), sender=sender, headers=headers), "a.eml")
        assert (failed.kind, failed.sender) == (MailKind.UNDELIVERABLE, "mailer-daemon@mail.example")
        assert failed.excerpt == "Your message could not be delivered."
        late = parse_mail(mail(report.format(action="delayed", own=own), sender=sender, headers=headers), "a.eml")
        assert late.kind is not MailKind.UNDELIVERABLE

    def test_of_a_mail_in_html_is_told_by_what_one_sees(self) -> None:
        html = (
            "<html><head><title>cannot take further action</title><style>p{}</style></head><body>"
            "<p>We will <b>honour</b>&nbsp;your<br>objection.</p><script>cannot take further action</script></body></html>"
        )
        read = parse_mail(alternative("", html), "a.eml")
        assert read.kind is MailKind.HONOURED
        assert read.excerpt == "We will honour your\nobjection."

    def test_of_a_mail_in_both_is_told_by_the_plain_part(self) -> None:
        read = parse_mail(alternative(HONOURED, "<p>We cannot take further action.</p>"), "a.eml")
        assert read.kind is MailKind.HONOURED

    def test_is_not_told_by_an_attachment(self) -> None:
        body = (
            "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\n"
            "We will honour your objection.\n--b\nContent-Type: text/plain\n\nHello.\n--b--\n"
        )
        read = parse_mail(mail(body, headers="Content-Type: multipart/mixed; boundary=b\n"), "a.eml")
        assert (read.kind, read.excerpt) == (MailKind.UNKNOWN, "Hello.")


class TestTrust:
    def test_is_given_when_the_receiving_server_vouches_for_a_domain_of_meta(self) -> None:
        verdict = parse_mail(mail(), "a.eml").verdict
        assert verdict == (SenderTrust.PASSED, TrustReason.SERVER_CONFIRMED, OWN_SERVER)

    @pytest.mark.parametrize(
        ("sender", "note", "trust", "because"),
        [
            ("a@facebookmail.com", "mx.example; dmarc=pass", SenderTrust.PASSED, TrustReason.SERVER_CONFIRMED),
            (
                "a@support.facebook.com",
                "mx.example; dkim=pass header.d=facebook.com",
                SenderTrust.PASSED,
                TrustReason.SERVER_CONFIRMED,
            ),
            (
                "a@facebookmail.com",
                "mx.example 1; dkim=pass header.i=@facebookmail.com",
                SenderTrust.PASSED,
                TrustReason.SERVER_CONFIRMED,
            ),
            (
                "a@facebookmail.com",
                "mx.example; DKIM=PASS Header.D=FacebookMail.com",
                SenderTrust.PASSED,
                TrustReason.SERVER_CONFIRMED,
            ),
            (
                "a@facebookmail.com",
                "mx.example; dkim=fail header.d=list.example; dkim=pass header.d=facebookmail.com",
                SenderTrust.PASSED,
                TrustReason.SERVER_CONFIRMED,
            ),
            (
                "a@facebookmail.com",
                "mx.example; dmarc=fail header.from=facebookmail.com",
                SenderTrust.FAILED,
                TrustReason.SERVER_DENIED,
            ),
            (
                "a@facebookmail.com",
                "mx.example; dkim=pass header.d=facebookmail.com; dmarc=fail header.from=facebookmail.com",
                SenderTrust.FAILED,
                TrustReason.SERVER_DENIED,
            ),
            (
                "a@facebookmail.com",
                "mx.example; dkim=fail header.d=facebookmail.com",
                SenderTrust.FAILED,
                TrustReason.SERVER_DENIED,
            ),
            (
                "a@facebookmail.com",
                "mx.example; dkim=pass header.d=evil.example",
                SenderTrust.UNKNOWN,
                TrustReason.RESULTS_UNCLEAR,
            ),
            (
                "a@facebookmail.com",
                "mx.example; dmarc=pass header.from=evil.example",
                SenderTrust.UNKNOWN,
                TrustReason.RESULTS_UNCLEAR,
            ),
            ("a@facebookmail.com", "mx.example; none", SenderTrust.UNKNOWN, TrustReason.RESULTS_UNCLEAR),
            ("a@facebookmail.com", "mx.example; spf=pass", SenderTrust.UNKNOWN, TrustReason.RESULTS_UNCLEAR),
            (
                "a@facebookmail.com",
                "mx.example (dmarc=pass; dkim=pass)",
                SenderTrust.UNKNOWN,
                TrustReason.RESULTS_UNCLEAR,
            ),
            (
                "a@facebookmail.com",
                'mx.example; dkim=none reason="x; dmarc=pass"',
                SenderTrust.UNKNOWN,
                TrustReason.RESULTS_UNCLEAR,
            ),
            (
                "a@facebookmail.com",
                "mx.facebookmail.com; dmarc=pass",
                SenderTrust.UNKNOWN,
                TrustReason.RESULTS_BY_SENDER,
            ),
            ("a@facebookmail.com", "; dmarc=pass", SenderTrust.UNKNOWN, TrustReason.RESULTS_BY_SENDER),
            ("a@facebookmail.com", "", SenderTrust.UNKNOWN, TrustReason.NO_RESULTS),
            ("a@facebookmail.com.evil.example", "mx.example; dmarc=pass", SenderTrust.FAILED, TrustReason.OTHER_SENDER),
            ("a@notfacebookmail.com", "mx.example; dmarc=pass", SenderTrust.FAILED, TrustReason.OTHER_SENDER),
            ("facebookmail.com", "mx.example; dmarc=pass", SenderTrust.FAILED, TrustReason.OTHER_SENDER),
            ("", "mx.example; dmarc=pass", SenderTrust.FAILED, TrustReason.OTHER_SENDER),
        ],
    )
    def test_follows_the_servers_note(self, sender: str, note: str, trust: SenderTrust, because: TrustReason) -> None:
        assert judge_sender(sender, note)[:2] == (trust, because)

    def test_rests_on_the_topmost_note_only(self) -> None:
        lower = mail(notes=(f"{OWN_SERVER}; dmarc=fail header.from=facebookmail.com", PASSED))
        assert parse_mail(lower, "a.eml").verdict.trust is SenderTrust.FAILED
        assert parse_mail(mail(notes=(f"{OWN_SERVER}; spf=none", PASSED)), "a.eml").verdict.trust is SenderTrust.UNKNOWN

    def test_goes_by_the_address_and_not_by_the_name_before_it(self) -> None:
        posing = mail(sender='"security@facebookmail.com" <thief@evil.example>')
        read = parse_mail(posing, "a.eml")
        assert (read.sender, read.verdict.reason) == ("thief@evil.example", TrustReason.OTHER_SENDER)
        encoded = mail(sender="=?utf-8?Q?a=40facebookmail=2Ecom_=3Ca=40facebookmail=2Ecom=3E?= <thief@evil.example>")
        assert parse_mail(encoded, "a.eml").verdict.trust is SenderTrust.FAILED

    def test_of_a_forwarded_mail_is_unknown_and_it_is_read_inside(self) -> None:
        read = parse_mail(forwarded(mail()), "a.eml")
        assert read.is_forwarded
        assert (read.sender, read.subject) == ("notification@facebookmail.com", "About your request")
        assert read.kind is MailKind.HONOURED
        assert read.verdict == (SenderTrust.UNKNOWN, TrustReason.FORWARDED, "")


@pytest.mark.parametrize(
    ("domain", "own"),
    [
        ("facebookmail.com", True),
        ("global.metamail.com", True),
        ("mail.instagram.com", True),
        ("instagram.com", False),
        ("evil-facebook.com", False),
        ("facebook.com.evil.example", False),
        ("", False),
    ],
)
def test_a_domain_is_metas_by_whole_labels(domain: str, own: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_meta_mail_domain(domain) is own


@pytest.mark.parametrize(
    "date",
    ["", "yesterday", "Fri, 31 Feb 2026 25:00:00 +0100", "Fri, 20 Nov 99999 14:12:40 +0100"],
)
def test_a_date_that_cannot_be_read_is_left_to_the_person(date: str) -> None:
    assert parse_mail(mail(date=date), "a.eml").sent_at is None


def test_nothing_of_a_mail_can_steer_the_terminal() -> None:
    steering = "\x1b]0;owned\x07\u202e\u200b"
    data = mail(
        f"{steering}Hello\x9b2J\n",
        subject=f"{steering}S",
        sender=f'"{steering}N" <a@facebookmail.com>',
        notes=(steering,),
    )
    read = parse_mail(data, f"{steering}a.eml")
    for shown in (
        read.subject,
        read.sender_name,
        read.sender,
        read.authentication_results,
        read.excerpt,
    ):
        assert not set(shown) & set("\x1b\x07\x9b\u202e\u200b")


def test_a_charset_that_is_none_is_read_as_utf_8() -> None:
    for charset in ("punycode", "unicode_escape", "nonsense", "zlib", "idna", "\x00"):
        read = parse_mail(mail("Grüße\n", headers=f"Content-Type: text/plain; charset={charset}\n"), "a.eml")
        assert read.excerpt == "Grüße"


def test_an_encoded_subject_that_is_broken_is_shown_as_it_stands() -> None:
    assert parse_mail(mail(subject="=?utf-8?B?a?="), "a.eml").subject == "=?utf-8?B?a?="


def test_a_subject_in_plain_utf_8_is_read_as_it_is() -> None:
    read = parse_mail(mail(subject="Über deine Anfrage", sender="Zoë <notification@facebookmail.com>"), "a.eml")
    assert (read.subject, read.sender_name) == ("Über deine Anfrage", "Zoë")


def test_a_mail_that_was_saved_with_a_byte_order_mark_is_read() -> None:
    data = b"\xef\xbb\xbf" + mail()
    read = parse_mail(data, "a.eml")
    assert (read.sender, read.kind) == ("notification@facebookmail.com", MailKind.HONOURED)
    assert (read.sha256, read.size) == (sha256(data).hexdigest(), len(data))


def test_a_mail_attached_in_base64_is_read_inside_and_not_believed() -> None:
    packed = encodebytes(mail()).decode()
    body = f"--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{packed}\n--b--\n"
    outer = mail(body, sender="Bea <bea@example.com>", headers="Content-Type: multipart/mixed; boundary=b\n")
    read = parse_mail(outer, "a.eml")
    assert (read.sender, read.kind) == ("notification@facebookmail.com", MailKind.HONOURED)
    assert read.verdict == SenderVerdict(SenderTrust.UNKNOWN, TrustReason.FORWARDED)


def test_what_html_hides_in_a_comment_says_nothing() -> None:
    hidden = "<!-- We cannot take any further action > --><p>We will honour your objection</p><!-- "
    read = parse_mail(alternative("", hidden), "a.eml")
    assert (read.kind, read.excerpt) == (MailKind.HONOURED, "We will honour your objection")


def test_a_mail_with_two_senders_is_not_believed() -> None:
    for sender in (
        "Meta <notification@facebookmail.com>\nFrom: evil@x.example",
        "evil@x.example\nFrom: Meta <notification@facebookmail.com>",
    ):
        assert parse_mail(mail(sender=sender), "a.eml").verdict.trust is SenderTrust.FAILED
