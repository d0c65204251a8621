"""The report that something looked different: filled from where the person is, and saved as a file."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from metaoptout_tui import __version__
from metaoptout_tui.app.letters.letter_sender import remembered_sender
from metaoptout_tui.app.paths import APP_NAME
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.difference_report import Difference, MaskedText, mask_private, private_words
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.guidance.playbook import MenuPath, Playbook, StepId
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.replies import REPLIES_TO_OBJECTION
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import shown_platform_name
from metaoptout_tui.core.text import clean_block
from metaoptout_tui.storage.export_folder import default_export_folder, write_export


def project_page() -> str:
    """The address where problems of this program are told; empty where its package names none."""
    try:
        urls = metadata(APP_NAME).get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    by_name = {name.strip().casefold(): url.strip() for name, _unused, url in (line.partition(",") for line in urls)}
    return next((by_name[name] for name in ("issues", "repository", "source", "homepage") if name in by_name), "")


def edition_in_words(guidance: GuidanceInUse) -> str:
    """The program and the guidance in use; of a feed it is not said which."""
    playbook = guidance.playbook
    words = (
        _("{program} {version}, guidance {serial} of {published} from a feed")
        if guidance.origin.is_from_feed
        else _("{program} {version}, guidance {serial} of {published}")
    )
    return words.format(program=APP_NAME, version=__version__, serial=playbook.serial, published=playbook.published)


def mask_typed(session: Session, text: str) -> MaskedText:
    """A typed text without anything that tells whose it is, as far as the record and the text itself show that."""
    platforms = [platform.name for platform in session.playbook.platforms]
    written_in_letters = [
        words for account in session.record.accounts for words in remembered_sender(session, account.id).values()
    ]
    names = private_words(session.record, platforms, written_in_letters)
    return mask_private(clean_block(text), names)


def expected_words(
    status: AccountStatus, step_id: str, playbook: Playbook, describe_path: Callable[[MenuPath], str]
) -> Iterator[str]:
    """What the guide names at a step: ways through menus, forms, fields, replies or questions."""
    texts = playbook.texts
    where = {"platform": status.account.platform, "region": status.region.id}
    yield from map(describe_path, ApplicableGuidance(playbook, status, step_id).menu_paths())
    for form in playbook.forms_for(**where, step=step_id):
        yield labelled(texts.sentence(f"form.{form.id}"), form.url)
    match step_id:
        case StepId.SUBMIT:
            yield from (texts.sentence(f"{field.id}.label") for field in playbook.fields_for(**where))
        case StepId.REPLY:
            yield from (texts.sentence(f"answer.{reply.id}") for reply in REPLIES_TO_OBJECTION)
        case StepId.REVIEW:
            yield from (texts.sentence(f"{point.id}.question") for point in playbook.points_for(**where))


def report_at_step(
    session: Session,
    status: AccountStatus | None,
    step: str,
    typed: tuple[str, str],
    *,
    countries: Mapping[str, tuple[str, ...]],
    language: str,
    guidance: GuidanceInUse,
    describe_path: Callable[[MenuPath], str],
) -> tuple[Difference, bool]:
    """The report of what was `typed` as used and as seen, and whether anything was taken out of that.

    Where it was at no step, that is empty, as is its place. `language` is that of menu labels.
    """
    playbook = session.playbook
    used, seen = (mask_typed(session, words) for words in typed)
    country = session.record.person.country
    platform = status.account.platform if status is not None else ""
    expected = expected_words(status, step, playbook, describe_path) if status is not None else ()
    difference = Difference(
        place=step_title(step, platform, playbook) if step else "",
        platform=shown_platform_name(platform, playbook) if platform else "",
        country=countries.get(country, (country,))[0],
        language=language_name(language),
        used=" ".join(used.text.split()),
        seen=seen.text,
        expected=tuple(expected),
        edition=edition_in_words(guidance),
    )
    return difference, bool(used.times + seen.times)


def save_difference(text: str, day: date, folder: Path | None) -> Path:
    """Write the report as a new file into a folder, else into the person's documents. Raises StorageError."""
    (path,) = write_export(
        folder or default_export_folder(), f"looked-different-{day.isoformat()}", [("md", text.encode())]
    )
    return path
