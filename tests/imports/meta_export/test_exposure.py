"""What is counted, of each kind and file, and what is said to be absent."""

from collections.abc import Callable
from datetime import date

import pytest

from meta_exports import (
    Files,
    facebook_comments,
    facebook_export,
    facebook_posts,
    instagram_comments,
    instagram_export,
    instagram_posts,
    labelled,
    meta_json,
    seconds,
    threads_posts,
)
from metaoptout_tui.core.meta_export import ExposureKind, MetaExport

Read = Callable[[Files], MetaExport]

TIMED = [{"timestamp": seconds(0), "title": "X"}, {"timestamp": seconds(40)}]
LABELLED = [
    {"timestamp": seconds(day), "fbid": "1", "label_values": labelled(Text="schön", Url="https://x.example/")}
    for day in (0, 40)
]
CREATED = [{"uri": "a.jpg", "creation_timestamp": seconds(0)}, {"uri": "b.jpg", "creation_timestamp": seconds(40)}]
TITLED = [{"title": "two", "creation_timestamp": seconds(day)} for day in (0, 40)]
MAPPED = [{"string_map_data": {"Zeit": {"timestamp": seconds(day)}, "Kommentar": {"value": "x"}}} for day in (0, 40)]

FB = "your_facebook_activity/"
IG = "your_instagram_activity/"
# Where no other source stands, paths and keys are from what-if-horizon/what-if-data-donation fe2cc91a,
# structure_donations/: 11 structures of donated Facebook downloads and 23 of Instagram, 2024-12 to 2025.
FILES: list[tuple[str, object, ExposureKind]] = [
    (f"{FB}posts/your_posts__check_ins__photos_and_videos_1.json", TIMED, ExposureKind.POSTS),
    (f"{FB}posts/posts_on_other_pages_and_profiles.json", LABELLED, ExposureKind.POSTS_ON_OTHER_PAGES),
    (f"{FB}posts/album/0.json", {"name": "Garden", "photos": CREATED, "cover_photo": CREATED[0]}, ExposureKind.PHOTOS),
    (f"{FB}posts/your_uncategorized_photos.json", {"other_photos_v2": CREATED}, ExposureKind.PHOTOS),
    (f"{FB}posts/your_videos.json", {"videos_v2": CREATED}, ExposureKind.VIDEOS),
    (f"{FB}reels/your_reels.json", {"lasso_videos_v2": TIMED}, ExposureKind.REELS),
    (f"{FB}stories/archived_stories.json", {"archived_stories_v2": TIMED}, ExposureKind.STORIES),
    (f"{FB}comments_and_reactions/comments.json", {"comments_v2": TIMED}, ExposureKind.COMMENTS),
    (f"{FB}groups/group_posts_and_comments.json", {"group_posts_v2": TIMED}, ExposureKind.GROUP_POSTS),
    # corsali/userdata-extractor a5d42561 (2022)
    ("groups/your_posts_in_groups.json", {"group_posts_v2": TIMED}, ExposureKind.GROUP_POSTS),
    (f"{FB}groups/your_comments_in_groups.json", {"group_comments_v2": TIMED}, ExposureKind.GROUP_COMMENTS),
    (f"{FB}groups/your_group_membership_activity.json", {"groups_joined_v2": TIMED}, ExposureKind.GROUPS),
    # corsali/userdata-extractor a5d42561 (2022)
    (f"{FB}pages/your_pages.json", {"pages_v2": TIMED}, ExposureKind.PAGES),
    # with an apostrophe or an underscore: both in the donated structures
    (f"{FB}pages/pages_and_profiles_you've_recommended.json", LABELLED, ExposureKind.REVIEWS),
    (f"{FB}pages/pages_and_profiles_you_ve_recommended.json", LABELLED, ExposureKind.REVIEWS),
    # corsali/userdata-extractor a5d42561 (2022)
    (f"{FB}reviews/places_reviewed.json", {"reviews_v2": TIMED}, ExposureKind.REVIEWS),
    (f"{FB}facebook_marketplace/buyer_and_seller_ratings.json", {"ratings_v2": TIMED}, ExposureKind.REVIEWS),
    # since early 2025 below media/: pixelfed pull 5822; before below content/: pixelfed issues 4494 and 4555
    (f"{IG}media/posts_1.json", TITLED, ExposureKind.POSTS),
    (f"{IG}content/posts_1.json", TITLED, ExposureKind.POSTS),
    ("content/posts_1.json", TITLED, ExposureKind.POSTS),
    (f"{IG}media/reels.json", {"ig_reels_media": [{"media": [item]} for item in TITLED]}, ExposureKind.REELS),
    (f"{IG}media/stories.json", {"ig_stories": TITLED}, ExposureKind.STORIES),
    (f"{IG}media/profile_photos.json", {"ig_profile_picture": TITLED}, ExposureKind.PROFILE_PICTURES),
    (f"{IG}comments/post_comments_1.json", MAPPED, ExposureKind.COMMENTS),
    # before the folder your_instagram_activity/: pixelfed issues 4494 and 4555
    ("comments/post_comments.json", MAPPED, ExposureKind.COMMENTS),
    (f"{IG}comments/reels_comments.json", {"comments_reels_comments": MAPPED}, ExposureKind.COMMENTS),
    (f"{IG}comments/hype.json", {"comments_story_comments": MAPPED}, ExposureKind.COMMENTS),
]


@pytest.mark.parametrize(("path", "document", "kind"), FILES, ids=[path for path, _, _ in FILES])
def test_each_file_is_counted_by_day_and_month(read: Read, path: str, document: object, kind: ExposureKind) -> None:
    export = read({path: meta_json(document)})
    count = export.counts[kind]
    assert (count.total, count.first_day, count.last_day) == (2, date(2019, 5, 4), date(2019, 6, 13))
    assert dict(count.by_month) == {"2019-05": 1, "2019-06": 1}
    assert kind not in export.absent
    others = {other for other in ExposureKind if other != kind}
    assert {other: export.counts[other].total for other in others} == dict.fromkeys(others)
    assert others == set(export.absent)


@pytest.mark.parametrize(("path", "document", "kind"), FILES, ids=[path for path, _, _ in FILES])
def test_a_list_of_one_that_is_written_as_its_item_counts_one(
    read_one: Read, path: str, document: object, kind: ExposureKind
) -> None:
    if isinstance(document, dict):
        bare: object = {key: value[0] if isinstance(value, list) else value for key, value in document.items()}
    else:
        assert isinstance(document, list)
        bare = document[0]
    assert read_one({path: meta_json(bare)}).counts[kind].total == 1


@pytest.mark.parametrize(("path", "document", "kind"), FILES, ids=[path for path, _, _ in FILES])
def test_a_file_that_is_there_and_empty_is_none_and_not_absent(
    read_one: Read, path: str, document: object, kind: ExposureKind
) -> None:
    empty: object = {key: [] for key in document} if isinstance(document, dict) else []
    export = read_one({path: meta_json(empty)})
    assert export.counts[kind].total == 0
    assert kind not in export.absent


@pytest.mark.parametrize("tail", ["", "_1", "_2", "_17"])
def test_numbered_files_of_one_kind_are_counted_together(read_one: Read, tail: str) -> None:
    files = {f"{FB}posts/your_posts{tail}.json": meta_json(facebook_posts(3))}
    files[f"{FB}posts/your_posts_99.json"] = meta_json(facebook_posts(2, first_day=400))
    assert read_one(files).counts[ExposureKind.POSTS].total == 5


def test_comments_without_a_text_count_too_and_titles_are_not_read(read_one: Read) -> None:
    files = {f"{FB}comments_and_reactions/comments.json": meta_json(facebook_comments(9))}
    assert read_one(files).counts[ExposureKind.COMMENTS].total == 9


def test_a_post_has_the_time_of_its_picture_where_it_has_none_of_its_own(read_one: Read) -> None:
    count = read_one({f"{IG}media/posts_1.json": meta_json(instagram_posts(3))}).counts[ExposureKind.POSTS]
    assert (count.total, count.first_day) == (3, date(2019, 5, 4))


def test_comments_of_posts_and_reels_are_counted_together(read_one: Read) -> None:
    files = {
        f"{IG}comments/post_comments_1.json": meta_json(instagram_comments(3)),
        f"{IG}comments/reels_comments.json": meta_json({"comments_reels_comments": instagram_comments(2)}),
    }
    assert read_one(files).counts[ExposureKind.COMMENTS].total == 5


@pytest.mark.parametrize("name", ["Profile pictures", "Profilbilder", "Photos de profil", "Zdjęcia profilowe"])
def test_the_album_of_profile_pictures_is_told_by_its_name(read_one: Read, name: str) -> None:
    photos = {"photos": CREATED, "name": name}
    export = read_one({f"{FB}posts/album/0.json": meta_json(photos), f"{FB}posts/album/1.json": meta_json(photos)})
    assert export.counts[ExposureKind.PROFILE_PICTURES].total == 4
    assert export.counts[ExposureKind.PHOTOS].total == 4


def test_an_older_file_of_threads_does_not_tell_what_is_a_reply(read_one: Read) -> None:
    export = read_one({f"{IG}threads/threads_and_replies.json": meta_json(threads_posts(3, None))})
    assert export.counts[ExposureKind.THREADS_POSTS].total == 3
    assert export.counts[ExposureKind.THREADS_REPLIES].total is None
    assert ExposureKind.THREADS_REPLIES not in export.absent


def test_a_category_that_meta_says_is_empty_counts_none(read: Read) -> None:
    export = read(
        {f"{FB}groups/no-data.txt": b"You have no data in this section", f"{FB}reviews/no-data.txt": b"", "x/no-data.txt": b""}
    )  # fmt: skip
    assert {kind for kind, count in export.counts.items() if count.total == 0} == {
        ExposureKind.GROUPS,
        ExposureKind.GROUP_POSTS,
        ExposureKind.GROUP_COMMENTS,
        ExposureKind.REVIEWS,
    }


@pytest.mark.parametrize(
    "value", [None, True, -5, 0, 1, 9e99, float("nan"), float("inf"), "2019-05-04", [], {}, 10**400, 253_402_300_800]
)
def test_a_time_that_is_none_counts_without_a_day(read_one: Read, value: object) -> None:
    import json

    data = json.dumps([{"timestamp": value, "title": "x"}, {"timestamp": seconds(1)}]).encode()
    count = read_one({f"{FB}posts/your_posts_1.json": data}).counts[ExposureKind.POSTS]
    assert (count.total, count.first_day) == (2, date(2019, 5, 5))


def test_records_of_other_types_than_expected_cost_the_right_ones_nothing(read_one: Read) -> None:
    odd: list[object] = [None, 5, "x", [], [{}], True, {"timestamp": {"a": 1}, "data": 7, "media": "y"}]
    document = [*odd, *facebook_posts(2)]
    assert read_one({f"{FB}posts/your_posts_1.json": meta_json(document)}).counts[ExposureKind.POSTS].total == 3


def test_the_years_come_out_of_the_months(read_one: Read) -> None:
    posts = [*facebook_posts(3), *facebook_posts(2, first_day=800)]
    count = read_one(facebook_export() | {f"{FB}posts/your_posts_2.json": meta_json(posts)}).counts[ExposureKind.POSTS]
    assert count.by_year() == {"2019": 7, "2021": 2}


def test_the_files_that_were_read_are_named_with_their_sha256(read: Read) -> None:
    import hashlib

    files = instagram_export()
    export = read(files | {"media/posts/1.jpg": b"photo", "connections/following.json": b"[]"})
    assert {file.name.rpartition("/")[2]: file.sha256 for file in export.files} == {
        path.rpartition("/")[2]: hashlib.sha256(data).hexdigest() for path, data in files.items()
    }
