"""The command `metaoptout-tui import`: what Meta's "Download your information" tells of accounts and links, and what Meta has.

It prints names and addresses of the person's own accounts, counts, dates and file names, never a text. It changes
nothing: what of it is taken over is decided on the screen.
"""

import sys
from argparse import Namespace

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.imports.meta_export import read_meta_exports
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_FAILURE, EXIT_OK, Output, to_json
from metaoptout_tui.cli.progress import ProgressLine
from metaoptout_tui.core import dates
from metaoptout_tui.core.chats.scan_results import display_path
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_list, format_number, format_open_list, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.meta_export import (
    EXPORT_SERVICES,
    EXPOSURE_LABELS,
    LINK_HINT_LABELS,
    ExportedAccount,
    ExportFormat,
    ExposureCount,
    ExposureKind,
    LinkedProfile,
    MetaExport,
    MetaExports,
    missing_kinds,
    shared_emails,
)
from metaoptout_tui.core.text import clean_line

IMPORT_SCHEMA_VERSION = 1
_MAX_PATH_CHARACTERS = 1_000
_CHART_WIDTH = 40
_FORMAT_NAMES = {ExportFormat.JSON: "JSON", ExportFormat.HTML: "HTML"}


def run(arguments: Namespace, _unused: AppPaths, __: Clock) -> Output:
    """Read the downloads under the paths and print what they tell."""
    progress = ProgressLine() if sys.stderr.isatty() else None
    found = read_meta_exports(arguments.path, Job(progress.show) if progress else Job())
    if progress:
        progress.clear()
    errors = tuple(f"{_label(display_path(file.path, file.member))}: {file.reason}" for file in found.unreadable)
    report = _exports_json(found) if arguments.json else _exports_text(found)
    return Output(report, errors, EXIT_FAILURE if found.unreadable else EXIT_OK)


def _label(path: str) -> str:
    return clean_line(path, _MAX_PATH_CHARACTERS)


def _exports_text(found: MetaExports) -> str:
    if not found.exports:
        return _("No download was read.")
    lines: list[str] = []
    for export in found.exports:
        lines.extend([*_export_lines(export), ""])
    for email, accounts in shared_emails(found.exports).items():
        names = format_list(_account_name(account) for account in accounts)
        lines.extend(
            [
                _("{email} is the address of {accounts}: perhaps they are linked.").format(email=email, accounts=names),
                "",
            ]
        )
    lines.append(_("These numbers are the least there is. The files read here do not tell who could see a post."))
    return "\n".join(lines)


def _export_lines(export: MetaExport) -> list[str]:
    lines = [_download_words(export)]
    lines.extend(_("Account: {account}").format(account=_account_text(account)) for account in export.accounts)
    if not export.accounts:
        lines.append(_("No file in it names the account. It may be one part of several: choose all of them together."))
    lines.extend(_link_lines(export))
    if export.pages:
        pages = format_list(page.name for page in export.pages)
        lines.append(_("Own Pages, which cannot object: {pages}").format(pages=pages))
    lines.extend(_count_lines(export))
    if export.has_connected_devices is not None:
        lines.append(
            _("Glasses or other devices for Meta AI: listed")
            if export.has_connected_devices
            else _("Glasses or other devices for Meta AI: none")
        )
    if missing := missing_kinds(export):
        kinds = format_open_list(_(EXPOSURE_LABELS[kind]) for kind in missing)
        lines.append(_("Not in this download: {kinds}").format(kinds=kinds))
    return [format_open_list(map(_label, export.paths)), *(f"  {line}" for line in lines)]


def _download_words(export: MetaExport) -> str:
    """Whose download it is, and in which form where that is known."""
    services = format_list(map(_service_name, export.services))
    form = _FORMAT_NAMES.get(export.format, "") if export.format else ""
    if not services:
        return (
            _("Download of a service that is not told, {form}").format(form=form)
            if form
            else _("Download of a service that is not told")
        )
    return (
        _("Download of {services}, {form}").format(services=services, form=form)
        if form
        else _("Download of {services}").format(services=services)
    )


def _service_name(service: str) -> str:
    return _(EXPORT_SERVICES.get(service, service))


def _account_name(account: ExportedAccount) -> str:
    return f"{_service_name(account.service)} {account.username or account.name}".strip()


def _account_text(account: ExportedAccount) -> str:
    parts = [_account_name(account)]
    if account.name and account.username:
        parts.append(account.name)
    parts.extend(account.emails)
    parts.extend(account.phones)
    if account.previous_emails:
        # Translators: former e-mail addresses of an account.
        parts.append(_("before: {emails}").format(emails=format_list(account.previous_emails)))
    if account.is_private is not None:
        parts.append(pgettext("an account", "private") if account.is_private else pgettext("an account", "public"))
    if account.created_on:
        # Translators: an account.
        parts.append(_("made on {day}").format(day=dates.format_full_day(account.created_on)))
    return f"{format_open_list(parts)}  ({account.file})"


def _link_lines(export: MetaExport) -> list[str]:
    if not export.linked.is_listed:
        lines = [_("Linked accounts: no list of them is in this download, so it tells nothing of links")]
    elif not export.linked.profiles:
        lines = [_("Linked accounts: the list is in this download, and is empty")]
    else:
        lines = [_("Linked: {account}").format(account=_linked_text(profile)) for profile in export.linked.profiles]
    lines.extend(_("Perhaps linked: {trace}").format(trace=_(LINK_HINT_LABELS[hint])) for hint in export.link_hints)
    return lines


def _linked_text(profile: LinkedProfile) -> str:
    service = _service_name(profile.service) if profile.service else ""
    parts = [part for part in (service, profile.username, profile.name, profile.email) if part]
    if profile.linked_on:
        # Translators: linked since then.
        parts.append(_("since {day}").format(day=dates.format_full_day(profile.linked_on)))
    return format_open_list(parts)


def _count_lines(export: MetaExport) -> list[str]:
    lines: list[str] = []
    for kind, count in export.counts.items():
        label = _(EXPOSURE_LABELS[kind])
        if count.total is None:
            if kind not in export.absent:
                lines.append(_("{counted}: not told by what could be read").format(counted=label))
            continue
        lines.append(_count_words(label, count))
        if kind in (ExposureKind.POSTS, ExposureKind.THREADS_POSTS, ExposureKind.AI_MESSAGES):
            years = count.by_year()
            lines.extend(
                f"  {year}  {format_number(number):>7}  {'#' * max(1, number * _CHART_WIDTH // max(years.values()))}"
                for year, number in years.items()
            )
    return lines


def _count_words(counted: str, count: ExposureCount) -> str:
    """How many there are of what is counted, and from which months they are."""
    total = format_number(count.total or 0)
    if not count.first_day or not count.last_day:
        return labelled(counted, total)
    first, last = (f"{day:%Y-%m}" for day in (count.first_day, count.last_day))
    if first == last:
        return labelled(counted, f"{total}, {first}")
    return _("{counted}: {count}, {first_month} to {last_month}").format(
        counted=counted, count=total, first_month=first, last_month=last
    )


def _exports_json(found: MetaExports) -> str:
    document = {
        "schema": IMPORT_SCHEMA_VERSION,
        "exports": [_export_json(export) for export in found.exports],
        "unreadable": [
            {"path": _label(file.path), "member": _label(file.member), "why": file.reason} for file in found.unreadable
        ],
    }
    return to_json(document)


def _export_json(export: MetaExport) -> dict[str, object]:
    dated = {str(kind): count for kind, count in export.counts.items() if count.first_day and count.last_day}
    return {
        "paths": list(export.paths),
        "services": list(export.services),
        "format": export.format,
        "accounts": [_account_json(account) for account in export.accounts],
        "linked": {
            "seen": export.linked.is_listed,
            "profiles": [
                {
                    "service": profile.service,
                    "username": profile.username,
                    "name": profile.name,
                    "email": profile.email,
                }
                for profile in export.linked.profiles
            ],
        },
        "counts": {str(kind): count.total for kind, count in export.counts.items()},
        "first": {kind: str(count.first_day) for kind, count in dated.items()},
        "last": {kind: str(count.last_day) for kind, count in dated.items()},
        "months": {kind: dict(count.by_month) for kind, count in dated.items()},
        "absent": list(export.absent),
    }


def _account_json(account: ExportedAccount) -> dict[str, object]:
    return {
        "service": account.service,
        "username": account.username or None,
        "name": account.name,
        "emails": list(account.emails),
        "previous_emails": list(account.previous_emails),
        "phones": list(account.phones),
        "private": account.is_private,
        "profile_uri": account.profile_uri or None,
        "file": account.file,
    }
