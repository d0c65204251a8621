"""Mails written in a few words, as they would lie in a file."""

OWN_SERVER = "mx.mail.example"
PASSED = (
    f"{OWN_SERVER}; dkim=pass (2048-bit key; unprotected) header.d=facebookmail.com header.i=@facebookmail.com; "
    "spf=pass smtp.mailfrom=security@facebookmail.com; dmarc=pass (p=REJECT dis=NONE) header.from=facebookmail.com"
)
HONOURED = (
    "Hi Anna,\n\nWe will honour your objection for your public information, such as public posts and comments.\n"
    "We will also honour your objection for any other accounts in the same Accounts Centre.\n"
)


def mail(
    body: str = HONOURED,
    *,
    sender: str = "Meta <notification@facebookmail.com>",
    to: str = "anna@example.org",
    subject: str = "About your request",
    date: str = "Fri, 20 Nov 2026 14:12:40 +0100",
    notes: tuple[str, ...] = (PASSED,),
    headers: str = "Content-Type: text/plain; charset=utf-8\n",
) -> bytes:
    """One mail; `notes` are its Authentication-Results, topmost first."""
    written = "".join(f"Authentication-Results: {note}\n" for note in notes)
    return (
        f"Return-Path: <bounce@facebookmail.com>\n{written}From: {sender}\nTo: {to}\nSubject: {subject}\nDate: {date}\n"
        f"Message-ID: <20261120.1@facebookmail.com>\nMIME-Version: 1.0\n{headers}\n{body}"
    ).encode()


def alternative(plain: str, html: str) -> bytes:
    """A mail with a plain part and an HTML part; an empty one is left out."""
    parts = [(kind, words) for kind, words in (("plain", plain), ("html", html)) if words]
    body = "".join(f"--b1\nContent-Type: text/{kind}; charset=utf-8\n\n{words}\n" for kind, words in parts)
    return mail(f"{body}--b1--\n", headers='Content-Type: multipart/alternative; boundary="b1"\n')


def forwarded(inside: bytes) -> bytes:
    """A mail that carries another one as an attachment."""
    body = f"--b2\nContent-Type: text/plain\n\nSee below.\n--b2\nContent-Type: message/rfc822\n\n{inside.decode()}\n--b2--\n"
    return mail(
        body,
        sender="Bea <bea@example.com>",
        subject="Fwd: About your request",
        notes=(f"{OWN_SERVER}; dmarc=pass header.from=example.com",),
        headers='Content-Type: multipart/mixed; boundary="b2"\n',
    )


HEAVY = {
    "addresses without end": mail(sender="a@b," * 15_000),
    "encoded words without end": mail(subject="=?utf-8?Q?x?= " * 4_000),
    "comments within comments": mail(notes=("(" * 60_000,)),
    "quotes without end": mail(notes=('"\\' * 30_000,)),
    "tags without end": alternative("", "<script" * 30_000),
    "comments that open and never close": alternative("", "<!--" * 60_000),
    "comments without end": alternative("", "<!---->" * 35_000),
    "tags that open and never close": alternative("", "<" * 200_000),
    "entities without end": alternative("", "&#x" * 60_000),
    "words that almost fit": mail("will also honour your " * 10_000),
    "lines that end nowhere": mail("x" * (4 << 20)),
    "many short lines under many boundaries": mail(
        "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(18)) + "-\n" * 140_000,
        headers="Content-Type: multipart/mixed; boundary=b0\n",
    ),
    "one part, encoded": mail("=\n" * 140_000, headers="Content-Transfer-Encoding: quoted-printable\n"),
    "one part, in uuencode": mail(
        "begin 644 x\n" + "M" * 100 + "\n", headers="Content-Transfer-Encoding: x-uuencode\n"
    ),
    "parameters without end": mail(headers="Content-Type: text/plain" + "; a*0*=x" * 7_000 + "\n"),
}
"""Mails that are made to keep a reader busy."""
