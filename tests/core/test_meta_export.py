"""What a download tells, as values."""

from datetime import date

from metaoptout_tui.core.meta_export import (
    EXPOSURE_LABELS,
    LINK_HINT_LABELS,
    ExportedAccount,
    ExposureCount,
    ExposureKind,
    LinkedProfiles,
    LinkHint,
    MetaExport,
    ai_messages_by_year,
    exposure_sentence,
    missing_kinds,
    published_by_year,
    shared_emails,
)


def export_of(*accounts: ExportedAccount) -> MetaExport:
    return MetaExport(("x",), (), None, accounts, LinkedProfiles(is_listed=False), {}, ())


def counted_export(counts: dict[ExposureKind, ExposureCount]) -> MetaExport:
    return MetaExport((), (), None, (), LinkedProfiles(is_listed=False), counts, ())


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


def test_years_of_a_chart_join_downloads_and_leave_out_what_may_be_counted_twice() -> None:
    def counted(**months: int) -> ExposureCount:
        by_month = tuple((f"{year[1:]}-03", count) for year, count in months.items())
        return ExposureCount(sum(months.values()), by_month=by_month)

    facebook = {
        ExposureKind.POSTS: counted(y2019=4, y2021=1),
        ExposureKind.PHOTOS: counted(y2019=9),
        ExposureKind.AI_MESSAGES: counted(y2025=6),
        ExposureKind.AI_MESSAGES_BY_PERSON: counted(y2025=3),
    }
    instagram = {ExposureKind.COMMENTS: counted(y2019=2), ExposureKind.AI_MESSAGES: counted(y2026=5)}
    unlisted = LinkedProfiles(is_listed=False)
    exports = [MetaExport((), (), None, (), unlisted, counts, ()) for counts in (facebook, instagram)]
    assert published_by_year(exports) == {"2019": 6, "2021": 1}
    assert ai_messages_by_year(exports) == {"2025": 3, "2026": 5}


def test_how_much_there_is_stands_in_a_sentence() -> None:
    posts = ExposureCount(4, date(2019, 5, 4), date(2026, 6, 19), (("2019-05", 4),))
    photos = ExposureCount(9, date(2018, 1, 1), date(2018, 1, 1), ())  # may be those of the posts
    talks, own = ExposureCount(3, None, None, (("2025-03", 3),)), ExposureCount(2, None, None, (("2025-03", 2),))
    both = counted_export(
        {ExposureKind.POSTS: posts, ExposureKind.PHOTOS: photos, ExposureKind.COMMENTS: ExposureCount(None)}
    )
    assert exposure_sentence([both]) == (
        "Meta's download has 4 posts, comments, stories and reels of yours, from 4 May 2019 to 19 Jun 2026."
    )
    with_ai = counted_export({ExposureKind.AI_MESSAGES: talks, ExposureKind.AI_MESSAGES_BY_PERSON: own})
    assert exposure_sentence([both, with_ai]).endswith(" It has 2 messages in talks with Meta AI.")
    assert exposure_sentence([counted_export({})]) == (
        "Meta's download has no post, comment, story or reel of yours that could be counted."
    )
