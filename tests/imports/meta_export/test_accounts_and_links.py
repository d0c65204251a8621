"""Whose download it is and what is linked, in the files and shapes that readers of real downloads know."""

from collections.abc import Callable
from datetime import date

import pytest

from exhaustive import parametrize_some
from meta_exports import (
    FIRST_DAY,
    INSTAGRAM_LINKS_OF_2025,
    LANGUAGES,
    ZOE,
    Files,
    Person,
    facebook_export,
    facebook_links_of_2021,
    facebook_links_of_2024,
    facebook_profile,
    instagram_export,
    instagram_links,
    instagram_posts,
    instagram_profile,
    meta_json,
    threads_posts,
)
from metaoptout_tui.core.meta_export import ExportFormat, LinkedProfile, LinkHint, MetaExport, OwnPage, shared_emails

Read = Callable[[Files], MetaExport]
YEARS = [2022, 2023, 2024, 2025, 2026]
FACEBOOK_LINKS = "personal_information/facebook_accounts_center/accounts_center.json"
INSTAGRAM_LINKS = "personal_information/personal_information/linked_meta_accounts.json"


@pytest.mark.parametrize("year", YEARS)
def test_the_account_of_facebook_is_found_in_the_download_of_each_year(read: Read, year: int) -> None:
    export = read(facebook_export(year))
    assert (export.services, export.format) == (("facebook",), ExportFormat.JSON)
    (account,) = export.accounts
    assert account.file.endswith("profile_information.json")
    assert account._replace(file="")._asdict() == {
        "service": "facebook",
        "file": "",
        "username": "zoe.example",
        "name": "Zoë Müller",
        "emails": ("zoe@example.org",),
        "previous_emails": ("zoe.old@example.org",),
        "phones": ("•••23",),
        "is_private": None,
        "profile_uri": "https://www.facebook.com/zoe.example",
        "previous_names": ("Zoë Old",),
        "created_on": date(2019, 5, 4),
    }


@parametrize_some((YEARS[0], YEARS[-1]), "year", YEARS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_account_of_instagram_is_found_in_each_year_and_language(read_one: Read, year: int, language: str) -> None:
    export = read_one(instagram_export(year, language=language))
    assert export.services == ("instagram",)
    (account,) = export.accounts
    assert (account.username, account.name, account.emails) == ("zoe.example", "Zoë Müller", ("zoe@example.org",))
    assert (account.is_private, account.phones) == (True, ("•••23",))
    assert account.created_on == date(2019, 5, 4)


@pytest.mark.parametrize("address", ["a..b@example.org", ".zoe@example.org", "zoe.@example.org"])
def test_an_address_that_no_mail_server_takes_is_not_taken_from_a_download(read: Read, address: str) -> None:
    (account,) = read(facebook_export(2024, ZOE._replace(email=address))).accounts
    assert (account.username, account.emails) == ("zoe.example", ())


def test_a_public_profile_is_told_from_a_private_one_and_from_one_that_does_not_tell(read_one: Read) -> None:
    path = "personal_information/personal_information/personal_information.json"
    told = read_one({path: meta_json(instagram_profile(ZOE._replace(is_private=False), "de"))})
    assert told.accounts[0].is_private is False
    profile = instagram_profile()
    entries = profile["profile_user"][0]["string_map_data"]
    assert isinstance(entries, dict)
    del entries["Private Account"]
    assert read_one({path: meta_json(profile)}).accounts[0].is_private is None


@pytest.mark.parametrize("name", ["signup_details", "instagram_signup_details"])
def test_the_day_of_sign_up_is_found_under_either_name(read_one: Read, name: str) -> None:
    files = instagram_export(2026)
    (old,) = [path for path in files if path.endswith("signup_details.json")]
    files[old.replace("signup_details", name)] = files.pop(old)
    assert read_one(files).accounts[0].created_on == date(2019, 5, 4)


def test_an_instagram_account_in_a_language_not_known_is_told_by_its_address_and_by_metas_name_of_the_download(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from meta_exports import write_zip
    from metaoptout_tui.imports.meta_export.read import read_exports

    values = {"Qq": "zoe.example", "Ww": "zoe@example.org", "Ee": "True", "Rr": "Zoë"}
    entries = {label: {"value": value} for label, value in values.items()}
    files = {
        "personal_information/personal_information/personal_information.json": meta_json(
            {"profile_user": [{"string_map_data": entries}]}
        )
    }
    folder = tmp_path_factory.mktemp("zips")
    named = write_zip(folder / "instagram-zoe.example-2025-03-17-0Y8WC7hw.zip", files)
    (account,) = read_exports([named]).exports[0].accounts
    assert (account.username, account.name, account.emails) == ("zoe.example", "", ("zoe@example.org",))
    assert account.is_private is None
    (account,) = read_exports([write_zip(folder / "other.zip", files)]).exports[0].accounts
    assert (account.username, account.emails) == ("", ("zoe@example.org",))


def test_the_profile_of_threads_in_a_download_of_instagram_is_an_account_of_its_own(read: Read) -> None:
    files = instagram_export(2026)
    files["your_instagram_activity/threads/personal_information.json"] = meta_json(
        instagram_profile(Person(username="zoe.threads"), "fr", key="text_post_app_text_post_app_profile")
    )
    export = read(files)
    assert export.services == ("instagram", "threads")
    assert {account.service: account.username for account in export.accounts} == {
        "instagram": "zoe.example",
        "threads": "zoe.threads",
    }
    assert LinkHint.THREADS_PROFILE in export.link_hints


def test_pending_addresses_and_those_of_ads_are_not_taken_for_the_persons_own(read_one: Read) -> None:
    (account,) = read_one(facebook_export()).accounts
    assert not {"pending@example.org", "ads@example.org", "bio@example.org"} & {
        *account.emails,
        *account.previous_emails,
    }


def test_no_telephone_number_comes_out_whole(read_one: Read) -> None:
    files = instagram_export() | {INSTAGRAM_LINKS: meta_json(instagram_links())}
    assert "900123" not in repr(read_one(files)).replace(" ", "")
    assert "900123" not in repr(read_one(facebook_export() | {FACEBOOK_LINKS: meta_json(facebook_links_of_2021())}))


@pytest.mark.parametrize(
    "path", [FACEBOOK_LINKS, "facebook_accounts_center/accounts_center.json"], ids=["2024", "2021"]
)
def test_links_in_facebooks_list_of_2021_are_read_with_since_when(read: Read, path: str) -> None:
    linked = read(facebook_export() | {path: meta_json(facebook_links_of_2021())}).linked
    assert linked.is_listed
    assert linked.profiles == (
        LinkedProfile("instagram", "zoe.example", "Zoë Müller", "zoe@example.org", date(2019, 5, 7)),
    )
    assert linked.file.endswith("accounts_center.json")


def test_links_in_facebooks_list_of_2024_are_read_by_the_names_of_the_fields_whatever_the_language(read: Read) -> None:
    export = read(facebook_export() | {FACEBOOK_LINKS: meta_json(facebook_links_of_2024())})
    assert export.linked.profiles == (LinkedProfile("instagram", "zoe.example", "Zoë Müller", "zoe@example.org"),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_in_instagrams_list_are_read_in_each_language(read_one: Read, language: str) -> None:
    export = read_one(instagram_export() | {INSTAGRAM_LINKS: meta_json(instagram_links(ZOE, language))})
    assert export.linked.profiles == (LinkedProfile("facebook", "zoe.example", "", "zoe@example.org"),)


def test_an_empty_list_of_links_is_told_from_one_that_is_not_there(read: Read) -> None:
    empty = read(instagram_export() | {INSTAGRAM_LINKS: meta_json(INSTAGRAM_LINKS_OF_2025)}).linked
    assert (empty.is_listed, empty.profiles) == (True, ())


def test_a_folder_of_the_accounts_centre_with_only_the_password_in_it_tells_nothing_of_links(read: Read) -> None:
    path = "personal_information/facebook_accounts_center/your_account_password_information.json"
    export = read(facebook_export() | {path: meta_json({"label_values": [{"label": "x", "value": "y"}]})})
    assert not export.linked.is_listed


def test_hints_of_a_link_are_told_apart_from_links(read: Read) -> None:
    files = instagram_export() | {
        "your_instagram_activity/media/posts_1.json": meta_json(instagram_posts(3, from_facebook=True)),
        "preferences/settings/use_cross-app_messaging.json": b"{}",
    }
    export = read(files)
    assert set(export.link_hints) == {LinkHint.CROSS_POSTS, LinkHint.CROSS_APP_MESSAGING}
    assert not export.linked.is_listed
    files = facebook_export() | {
        "your_facebook_activity/messages/your_cross-app_messaging_settings.json": b"{}",
        "connections/friends/synced_contacts_from_instagram.json": b"[]",
    }
    assert set(read(files).link_hints) == {LinkHint.CROSS_APP_MESSAGING, LinkHint.CONTACTS_FROM_INSTAGRAM}


def test_the_same_address_in_two_downloads_is_a_hint(read_one: Read) -> None:
    exports = [read_one(facebook_export()), read_one(instagram_export(person=ZOE._replace(email="Zoe@example.org")))]
    assert {email: [account.service for account in accounts] for email, accounts in shared_emails(exports).items()} == {
        "zoe@example.org": ["facebook", "instagram"]
    }
    assert not shared_emails(exports[:1])


@pytest.mark.parametrize(
    "path", ["your_facebook_activity/pages/your_pages.json", "pages_and_profiles/your_pages_and_profiles.json"]
)
def test_own_pages_are_kept_apart_from_accounts_since_they_cannot_object(read: Read, path: str) -> None:
    pages = {"pages_v2": [{"name": "Zoë’s Garden", "timestamp": FIRST_DAY, "url": "https://www.facebook.com/1"}]}
    export = read(facebook_export() | {path: meta_json(pages)})
    assert [page._replace(file="") for page in export.pages] == [OwnPage("Zoë’s Garden", "")]
    assert export.counts[next(kind for kind in export.counts if kind == "pages")].total == 1
    assert len(export.accounts) == 1


def test_right_letters_escaped_ones_and_both_in_one_file_come_out_right(read_one: Read) -> None:
    names = ["Zoë ☕", "Zoë ☕".encode().decode("latin-1"), "Ren\u00e9", "Łukasz"]
    for name in names:
        profile = facebook_profile(ZOE._replace(name="x x"))
        assert isinstance(profile, dict)
        profile["profile_v2"]["name"]["full_name"] = name
        import json

        (account,) = read_one({"profile_information/profile_information.json": json.dumps(profile).encode()}).accounts
        assert account.name == {names[1]: "Zoë ☕"}.get(name, name)


def test_files_of_consents_settings_and_mails_are_not_taken_for_anything(read: Read) -> None:
    rows = [{"label_values": [{"label": "Consent Status", "value": "a@example.org", "timestamp_value": FIRST_DAY}]}]
    others = (
        "logged_information/other_logged_information/consents.json",
        "preferences/settings/consents.json",
        "ads_information/your_consent_settings.json",
        "preferences/preferences/privacy_settings.json",
        "connections/friends/your_post_audiences.json",
        "personal_information/other_personal_information/emails_we_sent_you.json",
        "other_activity/your_information_download_requests.json",
        "connections/followers_and_following/following.json",
    )
    plain = read(facebook_export())
    export = read(facebook_export() | dict.fromkeys(others, meta_json(rows)))
    assert [account._replace(file="") for account in export.accounts] == [
        account._replace(file="") for account in plain.accounts
    ]
    assert export._replace(accounts=(), files=(), paths=()) == plain._replace(accounts=(), files=(), paths=())
    assert len(export.files) == len(plain.files)


def test_posts_on_threads_tell_what_is_a_reply_where_the_file_does(read: Read) -> None:
    path = "your_instagram_activity/threads/threads_and_replies.json"
    counts = {str(kind): count.total for kind, count in read({path: meta_json(threads_posts(3, 2))}).counts.items()}
    assert (counts["threads_posts"], counts["threads_replies"]) == (3, 2)
