"""Reads accounts, links and own Pages from the few small files of a download that tell of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from metaoptout_tui.core.meta_export import ExportedAccount, LinkedProfile, OwnPage
from metaoptout_tui.imports.meta_export.labels import (
    FieldName,
    LabelledValue,
    as_list,
    as_mapping,
    clean_value,
    identify_value,
    is_email,
    labelled_values,
    mask_phone,
    row_lists_in,
    service_id,
    username_in,
)
from metaoptout_tui.imports.meta_export.tallies import day_of

MAX_ENTRIES = 1_000
"""Accounts, links, Pages, and addresses of one account that are looked at."""
_MAX_LEVELS = 6


class SignUp(NamedTuple):
    """When an Instagram account was made, and its user name then, empty if not told."""

    username: str
    created_on: date | None


def facebook_account(document: object, file: str) -> ExportedAccount | None:
    """The account of Facebook's profile file; None where it names nobody."""
    profile = _profile_in(document)
    name = as_mapping(profile.get("name"))
    emails = as_mapping(profile.get("emails"))
    account = ExportedAccount(
        service="facebook",
        file=file,
        username=username_in(clean_value(profile.get("username"))),
        name=clean_value(name.get("full_name")) or clean_value(profile.get("name")),
        emails=_emails_in(emails.get("emails")),
        previous_emails=_emails_in(emails.get("previous_emails")),
        phones=_phones_in(profile.get("phone_numbers")),
        profile_uri=clean_value(profile.get("profile_uri")),
        previous_names=_names_in(profile.get("previous_names")),
        created_on=day_of(profile.get("registration_timestamp")),
    )
    return account if account.username or account.name or account.emails or account.profile_uri else None


def _profile_in(document: object) -> Mapping[str, object]:
    """The profile under whatever number its key has by now."""
    whole = as_mapping(document)
    for key, value in whole.items():
        if key.startswith("profile_v"):
            return as_mapping(value)
    return whole


def _emails_in(value: object) -> tuple[str, ...]:
    addresses = (clean_value(item) for item in as_list(value)[:MAX_ENTRIES])
    return tuple(dict.fromkeys(address for address in addresses if is_email(address)))


def _phones_in(value: object) -> tuple[str, ...]:
    numbers = [
        clean_value(as_mapping(item).get("phone_number")) or clean_value(item) for item in as_list(value)[:MAX_ENTRIES]
    ]
    return tuple(dict.fromkeys(mask_phone(number) for number in numbers if any(map(str.isdecimal, number))))


def _names_in(value: object) -> tuple[str, ...]:
    names = (clean_value(as_mapping(item).get("name")) or clean_value(item) for item in as_list(value)[:MAX_ENTRIES])
    return tuple(dict.fromkeys(name for name in names if name))


def accounts_of_personal_information(document: object, file: str, *, known_username: str) -> list[ExportedAccount]:
    """The accounts of Instagram or Threads in the file of personal information; its key says which of the two."""
    accounts: list[ExportedAccount] = []
    for key, value in as_mapping(document).items():
        service = "threads" if key.startswith("text_post_app") else "instagram"
        for record in as_list(value)[:MAX_ENTRIES]:
            account = account_of_values(labelled_values(record), service, file, known_username=known_username)
            if account:
                accounts.append(account)
    return accounts


def account_of_values(
    values: Iterable[LabelledValue], service: str, file: str, *, known_username: str = ""
) -> ExportedAccount | None:
    """The account that labelled values tell of; None where they name nobody."""
    found = _sort_values(values, known_username)
    is_private = found.get(FieldName.IS_PRIVATE)
    account = ExportedAccount(
        service=service,
        file=file,
        username=username_in(_first(found, FieldName.USERNAME)),
        name=_first(found, FieldName.NAME),
        emails=tuple(dict.fromkeys(found.get(FieldName.EMAIL, ()))),
        previous_emails=tuple(dict.fromkeys(found.get(FieldName.PREVIOUS_EMAIL, ()))),
        phones=tuple(dict.fromkeys(map(mask_phone, found.get(FieldName.PHONE, ())))),
        is_private=is_private[0].casefold() == "true" if is_private else None,
    )
    return account if account.username or account.name or account.emails else None


def _sort_values(values: Iterable[LabelledValue], known_username: str = "") -> dict[FieldName, list[str]]:
    found: dict[FieldName, list[str]] = {}
    for each in values:
        field = identify_value(each.label, each.value, known_username=known_username)
        if field:
            found.setdefault(field, []).append(each.value)
    return found


def _first(found: Mapping[FieldName, list[str]], field: FieldName) -> str:
    return found.get(field, [""])[0]


def sign_up_in(document: object) -> SignUp | None:
    """When the Instagram account was made, None where the file does not tell."""
    for value in as_mapping(document).values():
        for record in as_list(value)[:MAX_ENTRIES]:
            values = list(labelled_values(record))
            days = [day for each in values if (day := day_of(each.seconds))]
            if days:
                return SignUp(username_in(_first(_sort_values(values), FieldName.USERNAME)), min(days))
    return None


def linked_profiles_in(document: object) -> tuple[LinkedProfile, ...]:
    """The profiles of a list of links, in any of its shapes."""
    return tuple(dict.fromkeys(profile for profile in _linked_profiles(document, 0) if _is_named(profile)))[
        :MAX_ENTRIES
    ]


def _linked_profiles(value: object, level: int) -> Iterator[LinkedProfile]:
    if level > _MAX_LEVELS:
        return
    for item in as_list(value)[:MAX_ENTRIES]:
        fields = as_mapping(item)
        if "service_name" in fields:
            yield _linked_profile_of_2021(fields)
        elif "string_map_data" in fields:
            yield linked_profile_of_values(labelled_values(fields))
        elif "label_values" in fields:
            for rows in row_lists_in(fields["label_values"]):
                yield linked_profile_of_values(rows)
        else:
            for part in fields.values():
                yield from _linked_profiles(part, level + 1)


def _is_named(profile: LinkedProfile) -> bool:
    return bool(profile.username or profile.name or profile.email)


def _linked_profile_of_2021(fields: Mapping[str, object]) -> LinkedProfile:
    email = clean_value(fields.get("email"))
    return LinkedProfile(
        service=service_id(clean_value(fields.get("service_name"))),
        username=username_in(clean_value(fields.get("username"))),
        name=clean_value(fields.get("name")),
        email=email if is_email(email) else "",
        linked_on=day_of(fields.get("linked_time")),
    )


def linked_profile_of_values(values: Iterable[LabelledValue]) -> LinkedProfile:
    """The linked profile that labelled values tell of."""
    listed = list(values)
    found = _sort_values(listed)
    return LinkedProfile(
        service=service_id(_first(found, FieldName.SERVICE)),
        username=username_in(_first(found, FieldName.USERNAME)),
        name=_first(found, FieldName.NAME),
        email=_first(found, FieldName.EMAIL),
        linked_on=next((day for each in listed if (day := day_of(each.seconds))), None),
    )


def own_page_name(record: Mapping[str, object]) -> str:
    """The name of a Page of the person's own, empty where the record has none."""
    found = _sort_values(labelled_values(record))
    return clean_value(record.get("name")) or clean_value(record.get("title")) or _first(found, FieldName.NAME)


def own_page(name: str, file: str) -> OwnPage | None:
    """A Page of this name; None for none."""
    return OwnPage(name, file) if name else None
