"""What can be told of all accounts together: what covers each, and everything that happened."""

from metaoptout_tui.core.case_file.diary import timeline_of_record
from metaoptout_tui.core.language.formatting import format_clauses, labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.coverage_table import coverage_rows_of, describe_cover, describe_gaps
from metaoptout_tui.core.objection.event_sentences import describe_event, moment_of_event
from metaoptout_tui.core.objection.sentences import describe_group, describe_state, next_in_account
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.plain.context import PlainContext


def tell_coverage(context: PlainContext) -> None:
    """Tell for each account what covers it and what does not, group by group."""
    record, playbook, overview = context.session.record, context.playbook, context.session.overview()
    group = None
    for row in coverage_rows_of(overview):
        if row.group is not group:
            group = row.group
            context.dialogue.say_part(labelled(describe_group(group)))
        state = "" if row.status.covering_account_id else describe_state(row.status, record, playbook, overview.now)
        parts = [state, describe_cover(row, record, playbook, overview.now), describe_gaps(row, playbook)]
        parts.append(_("objected with {email}").format(email=row.filed_email) if row.filed_email else "")
        context.say(with_full_stop(labelled(context.name_of(row.account.id), format_clauses(dict.fromkeys(parts)))))
        if row.next_task is not None:
            context.say(next_in_account(row.next_task, overview, playbook))


def tell_timeline(context: PlainContext) -> None:
    """Tell every entry of every account, in the order in which things happened."""
    now, playbook = context.session.now(), context.playbook
    context.dialogue.say_part(_("Everything that happened:"))
    for entry in timeline_of_record(context.session.record):
        words = describe_event(entry.event, playbook, entry.account.platform)
        day = moment_of_event(entry.event, now)
        entry_words = labelled(f"{day}, {account_name(entry.account, playbook)}", with_full_stop(words))
        context.say(f"{entry_words} {_('It was taken back.')}" if entry.is_taken_back else entry_words)
