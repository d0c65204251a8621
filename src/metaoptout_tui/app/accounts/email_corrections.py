"""Questions about an e-mail address just typed: is it a slip of a well-known one, and is it other accounts' too?"""

from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import Account

_ALL, _NONE = "all", "none"

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


def correction_question(session: Session, former: str, address: str) -> ChoiceQuestion | None:
    """Which accounts with the `former` address have the new one now; None where none have it or nothing was changed.

    Enter alone leaves them as they are.
    """
    try:
        new = normalize_optional_email(address)
    except InputRefused:
        return None
    accounts = _accounts_with(session, former)
    if not accounts or not new or new.casefold() == former.casefold():
        return None
    names = {account.id: account_name(account, session.playbook) for account in accounts}
    each = [(id, _("only {account}").format(account=name)) for id, name in names.items()] if len(names) > 1 else []
    answers = (
        (_ALL, _("Yes: {accounts}").format(accounts=format_list(names.values()))),
        *each,
        (_NONE, _("No, none of them")),
    )
    title = _("Also for your accounts with {address}?").format(address=former)
    return ChoiceQuestion(title, answers, _NONE, yes=_ALL, no=_NONE)


def corrected_ids(session: Session, former: str, answer: str) -> tuple[str, ...]:
    """The accounts that an answer to `correction_question` names."""
    ids = tuple(account.id for account in _accounts_with(session, former))
    return ids if answer == _ALL else tuple(id for id in ids if id == answer)


def is_correction_for_form(session: Session, account_id: str, address: str) -> bool:
    """Whether an address typed for the form is new, and other accounts have the one of the first start too."""
    is_new = address.casefold() not in {email.casefold() for email in session.record.all_emails()}
    own = session.account(account_id).email
    return is_new and own == session.record.person.email and len(_accounts_with(session, own)) > 1


def _accounts_with(session: Session, address: str) -> list[Account]:
    wanted = address.casefold()
    return [account for account in session.record.accounts if wanted and account.email.casefold() == wanted]
