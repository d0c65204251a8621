"""What a download tells, as values."""

from metaoptout_tui.core.meta_export import (
    EXPOSURE_LABELS,
    LINK_HINT_LABELS,
    ExportedAccount,
    ExposureCount,
    ExposureKind,
    LinkedProfiles,
    LinkHint,
    MetaExport,
    missing_kinds,
    shared_emails,
)


def export_of(*accounts: ExportedAccount) -> MetaExport:
    return MetaExport(("x",), (), None, accounts, LinkedProfiles(is_listed=False), {}, ())


def test_every_kind_and_hint_has_words() -> None:
    assert set(EXPOSURE_LABELS) == set(ExposureKind)
    assert set(LINK_HINT_LABELS) == set(LinkHint)


def test_years_are_the_sums_of_their_months_in_order() -> None:
    count = ExposureCount(6, by_month=(("2019-11", 1), ("2019-12", 2), ("2024-01", 3)))
    assert list(count.by_year().items()) == [("2019", 3), ("2024", 3)]
    assert ExposureCount(None).by_year() == {}


def test_what_a_service_never_has_is_not_missing_from_its_download() -> None:
    everything = tuple(ExposureKind)
    facebook = missing_kinds(export_of()._replace(services=("facebook",), absent=everything))
    assert ExposureKind.GROUPS in facebook
    assert ExposureKind.THREADS_POSTS not in facebook
    instagram = missing_kinds(export_of()._replace(services=("instagram", "threads"), absent=everything))
    assert ExposureKind.THREADS_POSTS in instagram
    assert ExposureKind.GROUPS not in instagram
    assert missing_kinds(export_of()._replace(absent=everything)) == everything


def test_an_address_is_shared_by_the_accounts_that_have_it_now() -> None:
    one = ExportedAccount("facebook", "a", emails=("Zoe@example.org", "zoe@example.org"))
    two = ExportedAccount("instagram", "b", emails=("zoe@EXAMPLE.org",))
    three = ExportedAccount("threads", "c", previous_emails=("zoe@example.org",))
    assert shared_emails([export_of(one, three), export_of(two)]) == {"zoe@example.org": (one, two)}
    assert shared_emails([export_of(one, three)]) == {}
