"""What a download says against the record: what is new, linked or different, and whose download it is."""

from datetime import date

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.meta_export import ExportedAccount, LinkedProfile, LinkedProfiles, MetaExport
from metaoptout_tui.core.meta_export_comparison import ExportFinding, FindingKind, compare_exports
from metaoptout_tui.core.record.accounts import Account, Record
from samples import record

UNLISTED = LinkedProfiles(is_listed=False)
ZOE_ON_FACEBOOK = ExportedAccount(
    "facebook",
    "fb.zip › profile_information.json",
    username="zoe.example",
    name="Zoë Müller",
    emails=("zoe@example.org",),
    previous_emails=("zoe.old@example.org",),
    profile_uri="https://www.facebook.com/zoe.example",
)
ZOE_ON_INSTAGRAM = ExportedAccount(
    "instagram", "ig.zip › personal_information.json", username="zoe.pics", name="Zoë", emails=("zoe@example.org",)
)
LINKED_INSTAGRAM = LinkedProfile("instagram", username="zoe.pics", linked_on=date(2024, 5, 7))


def export(*accounts: ExportedAccount, linked: LinkedProfiles = UNLISTED) -> MetaExport:
    services = tuple(dict.fromkeys(each.service for each in accounts))
    return MetaExport(("x.zip",), services, None, accounts, linked, {}, ())


def listed(*profiles: LinkedProfile) -> LinkedProfiles:
    return LinkedProfiles(is_listed=True, profiles=profiles, file="fb.zip › accounts_center.json")


def known(id: str, name: str, email: str = "", hub: str | None = None) -> Account:
    return Account(id, id.partition("-")[0], name, email, hub)


def found(playbook: Playbook, progress: Record, *exports: MetaExport) -> list[ExportFinding]:
    comparison = compare_exports(exports, progress, playbook)
    assert comparison.foreign == ()
    return list(comparison.findings)


def test_an_empty_record_gets_every_account_with_its_address(playbook: Playbook) -> None:
    both = found(playbook, Record(), export(ZOE_ON_FACEBOOK), export(ZOE_ON_INSTAGRAM))
    assert [(each.kind, each.platform, each.account_name, each.email, each.linked_group) for each in both] == [
        (FindingKind.NEW_ACCOUNT, "facebook", "zoe.example", "zoe@example.org", None),
        (FindingKind.NEW_ACCOUNT, "instagram", "@zoe.pics", "zoe@example.org", None),
    ]


def test_what_the_record_has_already_is_no_finding(playbook: Playbook) -> None:
    progress = record(known("facebook", "Zoë Müller", "ZOE@example.org"))
    assert found(playbook, progress, export(ZOE_ON_FACEBOOK)) == []


def test_linked_profiles_are_one_group_with_the_day_that_the_list_tells(playbook: Playbook) -> None:
    new, link = found(
        playbook,
        record(known("facebook", "zoe.example", "zoe@example.org")),
        export(ZOE_ON_FACEBOOK, linked=listed(LINKED_INSTAGRAM)),
    )
    assert (new.kind, new.account_name, new.linked_on) == (FindingKind.NEW_ACCOUNT, "@zoe.pics", date(2024, 5, 7))
    assert (link.kind, link.account_id, link.is_ticked) == (FindingKind.LINK, "facebook", True)
    assert new.linked_group == link.linked_group == "Accounts Centre"


def test_a_group_keeps_the_name_that_the_person_gave_it(playbook: Playbook) -> None:
    progress = record(
        known("facebook", "zoe.example", "zoe@example.org", "mine"), known("instagram", "@zoe.pics", "zoe@example.org")
    )
    (link,) = found(playbook, progress, export(ZOE_ON_FACEBOOK, linked=listed(LINKED_INSTAGRAM)))
    assert (link.account_id, link.linked_group) == ("instagram", "mine")


def test_a_new_group_is_not_called_like_one_of_other_accounts(playbook: Playbook) -> None:
    progress = record(
        known("facebook", "zoe.example", "zoe@example.org"),
        known("instagram-shop", "@shop", "shop@example.org", "Accounts Centre"),
    )
    findings = found(playbook, progress, export(ZOE_ON_FACEBOOK, linked=listed(LINKED_INSTAGRAM)))
    assert {each.linked_group for each in findings} == {"Accounts Centre 2"}


@pytest.mark.parametrize("linked", [UNLISTED, listed()])
def test_no_link_is_made_of_a_list_that_is_missing_or_empty(playbook: Playbook, linked: LinkedProfiles) -> None:
    findings = found(playbook, Record(), export(ZOE_ON_FACEBOOK, linked=linked), export(ZOE_ON_INSTAGRAM))
    assert {each.linked_group for each in findings} == {None}


def test_what_contradicts_the_person_is_not_ticked_beforehand(playbook: Playbook) -> None:
    progress = record(
        known("facebook", "zoe.example", "zoe.new@example.org", ""), known("instagram", "@zoe.pics", "", "shop")
    )
    findings = found(playbook, progress, export(ZOE_ON_FACEBOOK, linked=listed(LINKED_INSTAGRAM)))
    assert [(each.kind, each.former, each.is_ticked) for each in findings] == [(FindingKind.LINK, "", False), (FindingKind.EMAIL, "zoe.new@example.org", False)]  # fmt: skip


def test_an_address_that_the_record_lacks_is_ticked(playbook: Playbook) -> None:
    (address,) = found(playbook, record(known("facebook", "zoe.example")), export(ZOE_ON_FACEBOOK))
    assert (address.kind, address.email, address.former, address.is_ticked) == (
        FindingKind.EMAIL,
        "zoe@example.org",
        None,
        True,
    )


def test_the_account_of_the_welcome_gets_its_name(playbook: Playbook) -> None:
    (name,) = found(playbook, record(known("instagram", "Instagram", "zoe@example.org")), export(ZOE_ON_INSTAGRAM))
    assert (name.kind, name.account_id, name.account_name) == (FindingKind.NAME, "instagram", "@zoe.pics")


def test_two_handles_with_one_address_are_two_accounts(playbook: Playbook) -> None:
    progress = record(known("instagram-shop", "@shop", "zoe@example.org"))
    comparison = compare_exports([export(ZOE_ON_INSTAGRAM)], progress, playbook)
    assert [each.kind for each in comparison.findings] == [FindingKind.NEW_ACCOUNT]
    assert [each.id for each in comparison.not_in_download] == ["instagram-shop"]


def test_a_download_with_nothing_in_common_is_somebody_elses_until_the_person_says_otherwise(
    playbook: Playbook,
) -> None:
    progress = record(known("facebook", "bo", "bo@example.org"), known("whatsapp", "WhatsApp"))
    strange = export(ZOE_ON_FACEBOOK, linked=listed(LINKED_INSTAGRAM))
    comparison = compare_exports([strange], progress, playbook)
    assert (comparison.findings, comparison.foreign, comparison.not_in_download) == ((), (strange,), ())
    confirmed = compare_exports([strange], progress, playbook, is_confirmed_own=True)
    assert {each.account_name for each in confirmed.findings} == {"@zoe.pics", "zoe.example"}
    assert confirmed.foreign == ()
    assert [each.id for each in confirmed.not_in_download] == ["facebook"]


def test_a_download_that_shares_an_address_with_ones_own_is_ones_own(playbook: Playbook) -> None:
    progress = record(known("facebook", "zoe.example", "other@example.org"))
    own, strange = export(ZOE_ON_FACEBOOK, linked=listed(LINKED_INSTAGRAM)), export(ZOE_ON_INSTAGRAM)
    assert compare_exports([strange, own], progress, playbook).foreign == ()
    bo = export(ZOE_ON_INSTAGRAM._replace(username="bo", name="Bo", emails=("bo@example.org",)))
    assert compare_exports([own, bo], progress, playbook).foreign == (bo,)
