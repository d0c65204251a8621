"""An e-mail address just typed or chosen: is it a slip of a well-known one, whose is it, and is it other accounts' too?"""

from collections.abc import Iterable

from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.app.record.email_entries import with_account_email
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Account, sent_with
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import events_in_force

_ALL, _WITH_SENT, _NONE = "all", "with-sent", "none"
_MISTYPED, _CHANGED = "mistyped", "changed"

_MAIL_PROVIDERS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "mail.com",
        "email.com",
        "ymail.com",
        "rocketmail.com",
        "aol.com",
        "icloud.com",
        "proton.me",
        "protonmail.com",
        "hotmail.com",
        "hotmail.be",
        "hotmail.co.uk",
        "hotmail.de",
        "hotmail.es",
        "hotmail.fr",
        "hotmail.it",
        "hotmail.nl",
        "outlook.com",
        "outlook.be",
        "outlook.de",
        "outlook.dk",
        "outlook.es",
        "outlook.fr",
        "outlook.ie",
        "outlook.it",
        "yahoo.com",
        "yahoo.co.uk",
        "yahoo.de",
        "yahoo.es",
        "yahoo.fr",
        "yahoo.ie",
        "yahoo.it",
        "yahoo.nl",
        "btinternet.com",
        "freenet.de",
        "t-online.de",
        "bluewin.ch",
        "hispeed.ch",
        "telenet.be",
        "skynet.be",
        "ziggo.nl",
        "kpnmail.nl",
        "kpnplanet.nl",
        "planet.nl",
        "xs4all.nl",
        "casema.nl",
        "hetnet.nl",
        "laposte.net",
        "orange.fr",
        "wanadoo.fr",
        "libero.it",
        "virgilio.it",
        "tiscali.it",
        "telefonica.net",
        "seznam.cz",
        "centrum.cz",
        "interia.pl",
        "telia.com",
    ]
)
"""Domains of mail that many people have, and those that are one slip from one of them and are real."""
_MIN_NAME_LENGTH = 5
"""Shorter names of providers are one slip from many real ones."""


def meant_address(address: str) -> str:
    """The address at a well-known provider that this one is one typing slip away from; empty where there is none."""
    name, at_sign, domain = address.rpartition("@")
    if not at_sign or domain.casefold() in _MAIL_PROVIDERS:
        return ""
    for provider in sorted(_MAIL_PROVIDERS):
        if _is_slip_of(domain.casefold(), provider):
            return f"{name}@{provider}"
    return ""


def _is_slip_of(domain: str, provider: str) -> bool:
    """Whether the name before the first dot, or a `com` behind it, is one slip away from the provider's."""
    (typed, _dot, typed_rest), (name, _provider_dot, rest) = domain.partition("."), provider.partition(".")
    if typed_rest == rest:
        return len(name) >= _MIN_NAME_LENGTH and _is_one_slip(typed, name)
    return typed == name and rest == "com" and _is_one_slip(typed_rest, rest)


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many or wrong, or two neighbours changed places."""
    start = next(
        (place for place, pair in enumerate(zip(typed, meant, strict=False)) if pair[0] != pair[1]),
        min(len(typed), len(meant)),
    )
    rest, meant_rest = typed[start:], meant[start:]
    is_swapped = rest[:2] == meant_rest[:2][::-1] and rest[2:] == meant_rest[2:]
    changed = (rest[1:] == meant_rest, rest == meant_rest[1:], rest[1:] == meant_rest[1:], is_swapped)
    return typed != meant and any(changed)


def slip_question(session: Session, typed: str) -> ChoiceQuestion | None:
    """Which address is meant, where a new one seems mistyped; the id of each answer is the address.

    Enter alone leaves it as it was typed. One that is in the record already is not asked about again.
    """
    try:
        address = normalize_optional_email(typed)
    except InputRefused:
        return None
    known = {email.casefold() for email in session.record.all_emails()}
    meant = meant_address(address)
    if not meant or address.casefold() in known:
        return None
    answers = (
        (meant, _("I meant {address}").format(address=meant)),
        (address, _("{address} is right").format(address=address)),
    )
    # Translators: {domain} is a mail provider, such as gmail.com, where one seems to have been mistyped.
    title = _("Did you mean {domain}?").format(domain=meant.rpartition("@")[2])
    return ChoiceQuestion(title, answers, address, yes=meant, no=address)


def correction_question(
    session: Session, former: str, address: str, *, chosen_for_id: str = ""
) -> ChoiceQuestion | None:
    """Which accounts with the `former` address have the new one now; None where none have it or nothing was changed.

    Enter alone answers nothing. Those that were sent with the `former` one are named apart, so that none is
    changed unasked; and not at all where the address was chosen for the form of the account `chosen_for_id`.
    """
    try:
        new = normalize_optional_email(address)
    except InputRefused:
        return None
    open_ones, sent = _open_and_sent(session, former, chosen_for_id)
    if chosen_for_id and not open_ones:
        return None
    if not (open_ones or sent) or not new or new.casefold() == former.casefold():
        return None
    names, sent_names = _names(session, open_ones), _names(session, sent)
    listed, listed_sent = format_list(names.values()), format_list(sent_names.values())
    sentences = [_("It changes which address stands for them, and goes into their forms.")]
    answers = [(_ALL, _("Yes: {accounts}").format(accounts=listed))] if names else []
    if sent and chosen_for_id:
        words = _("Not for {accounts}: sent with {address} already, and that stays so.")
        sentences.append(words.format(accounts=listed_sent, address=former))
        sent_names = {}
    elif sent:
        sentences.append(_("For those that were sent already, it is then proposed to send again."))
        words = _("Yes: {accounts}, and {sent}, sent already") if names else _("Yes: {sent}, sent already")
        answers.append((_WITH_SENT, words.format(accounts=listed, sent=listed_sent)))
    each = {**names, **sent_names}
    if len(each) > 1:
        answers += [(id, _("only {account}").format(account=name)) for id, name in each.items()]
    answers.append((_NONE, _("No, none of them")))
    title = _("Also for your accounts with {address}?").format(address=former)
    if chosen_for_id:
        title = _("Do your other accounts with {former} have {address} too?").format(former=former, address=new)
    return ChoiceQuestion(title, tuple(answers), "", tuple(sentences), yes=answers[0][0], no=_NONE)


def mistyped_question(session: Session, account_ids: Iterable[str], former: str, address: str) -> ChoiceQuestion | None:
    """Whether the `former` address was only mistyped here; None where nothing was sent with it for these accounts."""
    try:
        new = normalize_optional_email(address)
    except InputRefused:
        return None
    accounts = [session.account(id) for id in account_ids]
    if not former or not new or new.casefold() == former.casefold():
        return None
    if not any(sent_with(account, former) for account in accounts):
        return None
    return ChoiceQuestion(
        _("Was {address} only mistyped here?").format(address=former),
        (
            (_MISTYPED, _("Yes: it was sent with {address}").format(address=new)),
            (_CHANGED, _("No: it was sent with {address}").format(address=former)),
        ),
        "",
        (
            _("If so, the entry is corrected, and nothing has to be sent again."),
            _("If not, it is proposed to send the objection again."),
        ),
        yes=_MISTYPED,
        no=_CHANGED,
    )


def is_mistyped(answer: str) -> bool:
    """Whether an answer to `mistyped_question` is that it was."""
    return answer == _MISTYPED


def corrected_ids(session: Session, former: str, answer: str, *, chosen_for_id: str = "") -> tuple[str, ...]:
    """The accounts that an answer to `correction_question` names."""
    open_ones, sent = _open_and_sent(session, former, chosen_for_id)
    if answer in (_ALL, _WITH_SENT):
        return tuple(account.id for account in (*open_ones, *(sent if answer == _WITH_SENT else ())))
    return tuple(account.id for account in (*open_ones, *sent) if account.id == answer)


def is_correction_for_form(session: Session, account_id: str, address: str) -> bool:
    """Whether an address typed for the form is new, and other accounts have the one of the first start too."""
    is_new = address.casefold() not in {email.casefold() for email in session.record.all_emails()}
    own = session.account(account_id).email
    return is_new and own == session.record.person.email and is_own_address_open(session, account_id)


def choose_form_email(session: Session, account_id: str, address: str) -> None:
    """Take an address for the form of an account, as a change that undo takes back.

    Where another one stands for the account only since the first start asked for it, the chosen one is the account's now.
    """
    account, diary = session.account(account_id), session.diary_service
    draft = diary.objection_draft(account_id)._replace(email=normalize_optional_email(address))
    record = diary.with_objection_draft(session.record, account_id, draft)
    if is_own_address_open(session, account_id) and draft.email.casefold() != account.email.casefold():
        record = record.with_account(with_account_email(session.editor, account, draft.email))
    session.current_record.require_writable()
    if record != session.record:
        words = _("the e-mail address for {account}").format(account=account_name(account, session.playbook))
        session.editor.apply_change(record, words, account_id, StepId.SUBMIT)


def is_own_address_open(session: Session, account_id: str) -> bool:
    """Whether nobody said yet which address is an account's own: it has that of the first start, and nothing was sent.

    Also where one was chosen for its form in this sitting, so that another choice takes the place of the first.
    """
    account = session.account(account_id)
    if account.is_from_elsewhere or not account.email or account.email_last_sent_with:
        return False
    if account.email == session.record.person.email:
        return True
    changes = [event for event in account.events if event.kind == EventKind.EMAIL_CHANGED]
    is_chosen = session.diary_service.objection_draft(account_id).email == account.email
    return is_chosen and bool(changes) and session.editor.is_of_this_sitting(changes[-1])


def _open_and_sent(session: Session, address: str, except_id: str) -> tuple[list[Account], list[Account]]:
    """The accounts with an address, but for one: those for which nothing was sent, and those with an objection."""
    wanted = address.casefold()
    accounts = [
        account
        for account in session.record.accounts
        if wanted and account.email.casefold() == wanted and account.id != except_id
    ]
    sent = [each for each in accounts if any(event.kind == EventKind.FILED for event in events_in_force(each.events))]
    return [account for account in accounts if account not in sent], sent


def _names(session: Session, accounts: Iterable[Account]) -> dict[str, str]:
    return {account.id: account_name(account, session.playbook) for account in accounts}
