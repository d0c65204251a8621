"""E-mail addresses as they are typed or pasted: put into the form they are kept in, or refused in a sentence."""

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line, replace_unsafe_characters

_MAX_PASTED_CHARACTERS = 1_000


def normalize_email(typed: str) -> str:
    """The address in the form it is kept in, its domain in small letters. Raises InputRefused for a wrong one.

    Only the syntax is checked. A pasted `mailto:` or `Anna <anna@example.org>` is understood; letters beyond ASCII are
    allowed.
    """
    address = _bare_address(clean_line(typed, _MAX_PASTED_CHARACTERS))
    mistake = _find_mistake(address)
    if not mistake:
        from email_validator import EmailNotValidError, validate_email

        try:
            return validate_email(address, check_deliverability=False, strict=True).normalized
        except EmailNotValidError as error:
            mistake = clean_line(str(error))
    raise InputRefused(mistake, todo=_("Type it as it stands in your mail program, such as anna@example.org."))


def normalize_optional_email(typed: str) -> str:
    """An address as `normalize_email` returns it; empty for an empty one."""
    return normalize_email(typed) if typed.strip() else ""


def _bare_address(pasted: str) -> str:
    if pasted.endswith(">") and "<" in pasted:
        pasted = pasted[pasted.rindex("<") + 1 : -1].strip()
    if pasted[:7].lower() == "mailto:":
        pasted = pasted[7:].partition("?")[0]
    return pasted


def _find_mistake(address: str) -> str:
    """A sentence on the first common mistake in an address; empty for none."""
    name, _unused, domain = address.rpartition("@")
    mistakes = (
        (not address, _("There is no e-mail address.")),
        (
            replace_unsafe_characters(address) != address or "\ufffd" in address,
            _("The e-mail address holds a character that cannot be seen."),
        ),
        ("@" not in address, _("The e-mail address has no @.")),
        (any(character.isspace() for character in address), _("The e-mail address has a blank in it.")),
        ("@" in name, _("The e-mail address has more than one @.")),
        (not name, _("There is nothing before the @.")),
        (not domain, _("There is nothing after the @.")),
        (
            "," in address or ";" in address,
            _("The e-mail address has a comma or semicolon in it; only one address fits here."),
        ),
        (address.endswith("."), _("The e-mail address ends with a full stop.")),
        (".." in address, _("The e-mail address has two full stops in a row.")),
        (name.startswith("."), _("The e-mail address begins with a full stop.")),
        (name.endswith(".") or domain.startswith("."), _("The e-mail address has a full stop beside the @.")),
        ("." not in domain, _("There is no full stop after the @, as there is in example.org.")),
    )
    return next((sentence for is_made, sentence in mistakes if is_made), "")
