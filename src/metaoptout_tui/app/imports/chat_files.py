"""Reads exported chats: counts messages, reads those of one chat to show them, and computes SHA-256."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from metaoptout_tui.core.chats.scan_results import (
    MessageKind,
    MessageSnippet,
    ScannedChat,
    ScanResults,
    display_path,
)
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.jobs import Job, UnreadableFile
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.imports.files import sha256_of_file
from metaoptout_tui.imports.whatsapp.scan import read_snippets, scan_chats

MAX_MESSAGES_SHOWN = 200


def count_messages(
    paths: Iterable[str], job: Job, *, in_full: bool, keep_times: bool, digest: Callable[[bytes], str]
) -> ScanResults:
    """Count the messages to and by Meta AI in every chat under the paths.

    A very large chat is only searched for them unless `in_full`. `keep_times`: with the times of those to Meta AI. With
    one `digest`, the same chat has the same digests in any of its exports.
    """
    return scan_chats(paths, quick=not in_full, keep_times=keep_times, digest=digest, job=job)


def count_messages_in_helper_process(
    paths: Sequence[str], job: Job, *, in_full: bool, digest: Callable[[bytes], str]
) -> ScanResults:
    """Count as `count_messages` does, in a process of its own where the chats are large, so that keys stay quick."""
    from metaoptout_tui.imports.reading_process import ReadingEnded, read_in_helper_process_if_large
    from metaoptout_tui.translations.catalogues import load_catalogue

    try:
        read = partial(scan_chats, tuple(paths), quick=not in_full, digest=digest)
        return read_in_helper_process_if_large(paths, read, job, load_catalogue)
    except ReadingEnded as error:
        return ScanResults(
            (), tuple(UnreadableFile(path, "", str(error)) for path in paths), is_complete=not job.is_cancelled
        )


def read_messages_to_meta_ai(chat: ScannedChat, job: Job) -> tuple[MessageSnippet, ...]:
    """Read the beginnings of the first messages to Meta AI, certain or likely, from the file. Raises FileRefused."""
    kinds = (MessageKind.TO_META_AI, MessageKind.MAYBE_TO_META_AI)
    return read_snippets(chat, kinds, max_count=MAX_MESSAGES_SHOWN, job=job)


def fingerprint_files(chats: Iterable[ScannedChat], job: Job) -> dict[str, str]:
    """The SHA-256 of each file of the chats, by path. Raises FileRefused for one that cannot be read any more."""
    fingerprints: dict[str, str] = {}
    for path in dict.fromkeys(chat.path for chat in chats):
        try:
            fingerprints[path] = sha256_of_file(path, job)
        except FileRefused as error:
            raise FileRefused(
                _("{file} has changed. {error}").format(file=clean_line(display_path(path, ""), 300), error=error)
            ) from error
    return fingerprints
