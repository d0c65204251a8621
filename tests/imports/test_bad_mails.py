"""Mails that are none, or made to hurt: each ends in a value or in one clear sentence, soon and without loss."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhaustive import parametrize_some
from metaoptout_tui.core.errors import Cancelled, FileRefused
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.mail import Mail, SenderTrust
from metaoptout_tui.core.text import replace_unsafe_characters
from metaoptout_tui.imports.mail import MAX_MAIL_BYTES, parse_mail, read_mail
from sample_mails import HEAVY, alternative, forwarded, mail


def tried(data: bytes) -> Mail | None:
    """The mail, or None where it was refused; whatever else is raised fails the test."""
    try:
        return parse_mail(data, "a.eml")
    except FileRefused:
        return None


def refused(data: bytes) -> str:
    with pytest.raises(FileRefused) as found:
        parse_mail(data, "a.eml")
    assert "Could not read this mail (a.eml)" in str(found.value)
    assert "nothing was recorded" in str(found.value)
    return str(found.value)


def test_a_mail_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.eml"
    with huge.open("wb") as file:
        file.truncate(2 << 30)
    with pytest.raises(FileRefused, match="larger than 5 MB"):
        read_mail(huge)
    assert huge.stat().st_size == 2 << 30


@pytest.mark.skipif(os.name == "nt", reason="no named pipes there")
def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.eml")
    for path in (tmp_path, tmp_path / "pipe.eml"):
        with pytest.raises(FileRefused, match="not a file"):
            read_mail(path)
    with pytest.raises(FileRefused, match="There is no file"):
        read_mail(tmp_path / "none.eml")


def test_what_is_no_mail_is_said_to_be_none() -> None:
    for data in (b"", b"\n\n \n", b"\x00" * 1000, b"just words", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8):
        refused(data)


def test_a_mail_cut_off_anywhere_gives_what_is_left_of_it_or_a_sentence() -> None:
    whole = alternative("We will honour your objection.", "<p>We will honour your objection.</p>")
    for length in range(len(whole)):
        tried(whole[:length])


def test_a_mail_of_five_hundred_parts_is_read() -> None:
    body = "".join(f"--b\nContent-Type: text/plain\n\npart {number}\n" for number in range(500))
    read = parse_mail(mail(body, headers="Content-Type: multipart/mixed; boundary=b\n"), "a.eml")
    assert read.excerpt == "part 0"


def test_parts_within_parts_without_end_are_refused() -> None:
    body = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(500))
    assert "too many parts" in refused(mail(body, headers="Content-Type: multipart/mixed; boundary=b0\n"))


def test_mails_within_mails_without_end_do_not_run_away() -> None:
    data = b"From: a@example.org\nSubject: x\nContent-Type: message/rfc822\n\n" * 30_000
    read = tried(data)
    assert read is None or read.verdict.trust is SenderTrust.UNKNOWN


def test_what_no_mail_has_is_refused() -> None:
    for data in (
        mail(subject="x" * 70_000),
        mail(subject="x " * 40_000 + "\n y" * 40_000),
        mail(headers="".join(f"X-{n}: {'y' * 200}\n" for n in range(3_000))),
        b"From: a@example.org\nSubject: x\n\n" + b"\n" * 400_000,
        b"From: a@example.org\r" + b"X: y\r" * 400_000,
        b"From: a@example.org\n\n" + b"x" * MAX_MAIL_BYTES,
    ):
        refused(data)


@parametrize_some(6, "kind", HEAVY)
def test_a_mail_made_to_take_long_comes_to_an_end(kind: str) -> None:
    """Without its bounds the reader would be at each of these for minutes; `tests/benchmarks` says how long it takes."""
    tried(HEAVY[kind])


def test_whoever_waits_can_give_up() -> None:
    class Enough(Job):
        def advance(self, count: int = 0) -> None:
            if self.done > 100_000:
                self.cancel()
            super().advance(count)

    job = Enough()
    with pytest.raises(Cancelled):
        parse_mail(mail("x" * (1 << 20)), "a.eml", job)
    assert job.done == 3 * (64 << 10)


SEEDS = (mail(), alternative("plain", "<p>html</p>"), forwarded(mail()), mail(subject="=?utf-8?B?w5xiZXI=?="))
TOKENS = (
    b"\n", b"\r", b"\x00", b"\xff", b"=?", b"?=", b"boundary=", b"--b1", b"charset=", b"Content-Type: ", b"message/rfc822",
    b"base64", b";", b'"', b"(", b"<", b"@", b",", b"\n ", b"\n\n", b"multipart/mixed", b"Date: ", b"=" * 50, b"\\",
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same mail with a few bytes changed, taken out, doubled, or put in where they hurt."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at:at] = chance.choice(TOKENS)
            case 1:
                del made[at : at + chance.randrange(40)]
            case 2:
                made[at:at] = made[at : at + chance.randrange(400)]
            case _:
                made[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(made)


@parametrize_some(1, "seed", range(8))
def test_a_changed_mail_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same mails at every run
    for _ in range(400):
        data = mutated(chance.choice(SEEDS), chance)
        read = tried(data)
        if read is not None:
            assert read.size == len(data)
            assert replace_unsafe_characters(read.excerpt) == read.excerpt
            assert replace_unsafe_characters(read.subject) == read.subject


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for each in (data, mail() + data, b"From: a@example.org\n" + data):
        tried(each)
