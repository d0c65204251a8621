"""Which file of a download holds what, by the end of its path: names and folders of 2021 to 2026.

Where a download begins and how its folders are called differs by year, and people pack it anew. So a file is known by
its name, a folder by its own name as a whole part of the path; only a folder of Meta AI is known by how its name begins.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core.meta_export import ExposureKind


class FileKind(StrEnum):
    """What a file holds, and so how it is read."""

    FACEBOOK_PROFILE = "facebook profile"
    PERSONAL_INFORMATION = "personal information of Instagram or Threads"
    SIGN_UP = "sign-up"
    FACEBOOK_LINKS = "links in Facebook's download"
    INSTAGRAM_LINKS = "links in Instagram's download"
    RECORDS = "records that are counted"
    ALBUM = "album"
    THREADS_POSTS = "posts and replies on Threads"
    OWN_PAGES = "own Pages"
    AI_CONVERSATIONS = "conversations with Meta AI"
    AI_PROFILE = "profile at Meta AI"
    AI_MEDIA = "media for Meta AI"
    CONNECTED_DEVICES = "connected devices"
    MESSAGE_THREAD = "message thread"
    VOICE_RECORDING = "voice recording for Meta AI"
    EMPTY_CATEGORY = "sign of an empty category"
    CROSS_APP_MESSAGING = "setting for messages across apps"
    CONTACTS_FROM_INSTAGRAM = "contacts from Instagram"


class FileRule(NamedTuple):
    """What a file of some name holds, for which service, and the folders it is known to stand in."""

    kind: FileKind
    service: str
    folders: frozenset[str]
    exposure: ExposureKind | None = None
    has_common_name: bool = False
    """Whether files of other programs may be called so."""


class KnownFile(NamedTuple):
    """A file of a download; `folder_is_known` says whether it stands in a folder where Meta puts it."""

    rule: FileRule
    is_html: bool
    folder_is_known: bool


READ_WITHOUT_OPENING = frozenset(
    {
        FileKind.VOICE_RECORDING,
        FileKind.EMPTY_CATEGORY,
        FileKind.CROSS_APP_MESSAGING,
        FileKind.CONTACTS_FROM_INSTAGRAM,
    }
)
"""Kinds of file whose contents say nothing more: that there is a voice recording is all that is told of it."""


def _rule(kind: FileKind, service: str, folders: str, exposure: ExposureKind | None = None) -> FileRule:
    return FileRule(kind, service, frozenset(folders.split()), exposure)


def _records(service: str, folders: str, exposure: ExposureKind) -> FileRule:
    return _rule(FileKind.RECORDS, service, folders, exposure)


def _commonly_named(service: str, folders: str, exposure: ExposureKind) -> FileRule:
    return _records(service, folders, exposure)._replace(has_common_name=True)


_FB, _IG, _TH, _AI = "facebook", "instagram", "threads", "meta-ai"
_IG_MEDIA = "media content"
_SIGN_UP = _rule(FileKind.SIGN_UP, _IG, "loginandprofilecreation loginandaccountcreation")
_AI_TALKS = _rule(FileKind.AI_CONVERSATIONS, "", "messages metaaiprofile")

_RULES: Mapping[str, FileRule] = {
    "profileinformation": _rule(FileKind.FACEBOOK_PROFILE, _FB, "profileinformation"),
    "personalinformation": _rule(FileKind.PERSONAL_INFORMATION, "", "personalinformation accountinformation threads"),
    "signupdetails": _SIGN_UP,
    "instagramsignupdetails": _SIGN_UP,
    "signupinformation": _SIGN_UP,
    "accountscenter": _rule(FileKind.FACEBOOK_LINKS, _FB, "facebookaccountscenter"),
    "linkedmetaaccounts": _rule(FileKind.INSTAGRAM_LINKS, _IG, "personalinformation"),
    "yourpostscheckinsphotosandvideos": _records(_FB, "posts", ExposureKind.POSTS),
    "yourposts": _records(_FB, "posts", ExposureKind.POSTS),
    "postsonotherpagesandprofiles": _records(_FB, "posts", ExposureKind.POSTS_ON_OTHER_PAGES),
    "youruncategorizedphotos": _records(_FB, "posts photosandvideos", ExposureKind.PHOTOS),
    "yourvideos": _records(_FB, "posts photosandvideos", ExposureKind.VIDEOS),
    "yourreels": _records(_FB, "reels", ExposureKind.REELS),
    "archivedstories": _records(_FB, "stories", ExposureKind.STORIES),
    "comments": _commonly_named(_FB, "commentsandreactions comments", ExposureKind.COMMENTS),
    "grouppostsandcomments": _records(_FB, "groups", ExposureKind.GROUP_POSTS),
    "yourpostsingroups": _records(_FB, "groups", ExposureKind.GROUP_POSTS),
    "yourcommentsingroups": _records(_FB, "groups", ExposureKind.GROUP_COMMENTS),
    "yourgroupmembershipactivity": _records(_FB, "groups", ExposureKind.GROUPS),
    "yourpages": _rule(FileKind.OWN_PAGES, _FB, "pages pagesandprofiles", ExposureKind.PAGES),
    "yourpagesandprofiles": _rule(FileKind.OWN_PAGES, _FB, "pages pagesandprofiles", ExposureKind.PAGES),
    "pagesandprofilesyouverecommended": _records(_FB, "pages pagesandprofiles", ExposureKind.REVIEWS),
    "buyerandsellerratings": _records(_FB, "facebookmarketplace marketplace", ExposureKind.REVIEWS),
    "posts": _commonly_named(_IG, _IG_MEDIA, ExposureKind.POSTS),
    "stories": _commonly_named(_IG, _IG_MEDIA, ExposureKind.STORIES),
    "reels": _commonly_named(_IG, _IG_MEDIA, ExposureKind.REELS),
    "profilephotos": _commonly_named(_IG, _IG_MEDIA, ExposureKind.PROFILE_PICTURES),
    "postcomments": _records(_IG, "comments", ExposureKind.COMMENTS),
    "reelscomments": _records(_IG, "comments", ExposureKind.COMMENTS),
    "hype": _commonly_named(_IG, "comments", ExposureKind.COMMENTS),
    "threadsandreplies": _rule(FileKind.THREADS_POSTS, _TH, "threads", ExposureKind.THREADS_POSTS),
    "aiconversations": _AI_TALKS,
    "youraiconversations": _AI_TALKS,
    "yourmetaaiprofile": _rule(FileKind.AI_PROFILE, _AI, "metaaiprofile"),
    "metaaimedia": _rule(FileKind.AI_MEDIA, _AI, "metaaiapp"),
    "connecteddevices": _rule(FileKind.CONNECTED_DEVICES, _AI, "metaaiapp"),
    "usecrossappmessaging": _rule(FileKind.CROSS_APP_MESSAGING, "", "settings"),
    "yourcrossappmessagingsettings": _rule(FileKind.CROSS_APP_MESSAGING, "", "messages"),
    "syncedcontactsfrominstagram": _rule(FileKind.CONTACTS_FROM_INSTAGRAM, _FB, ""),
}
"""By the name of the file in lower case, without other signs, the number of a part, and suffix."""

_ALBUM = _rule(FileKind.ALBUM, _FB, "album", ExposureKind.PHOTOS)
_REVIEW = _records(_FB, "reviews", ExposureKind.REVIEWS)
_THREAD = _rule(FileKind.MESSAGE_THREAD, "", "")
_VOICE = _rule(FileKind.VOICE_RECORDING, _AI, "", ExposureKind.AI_VOICE)
_EMPTY_CATEGORY = _rule(FileKind.EMPTY_CATEGORY, "", "")

EMPTY_CATEGORIES: Mapping[str, tuple[ExposureKind, ...]] = {
    "posts": (ExposureKind.POSTS, ExposureKind.POSTS_ON_OTHER_PAGES, ExposureKind.PHOTOS, ExposureKind.VIDEOS),
    "commentsandreactions": (ExposureKind.COMMENTS,),
    "comments": (ExposureKind.COMMENTS,),
    "groups": (ExposureKind.GROUP_POSTS, ExposureKind.GROUP_COMMENTS, ExposureKind.GROUPS),
    "stories": (ExposureKind.STORIES,),
    "reels": (ExposureKind.REELS,),
    "pages": (ExposureKind.PAGES,),
    "pagesandprofiles": (ExposureKind.PAGES,),
    "reviews": (ExposureKind.REVIEWS,),
    "threads": (ExposureKind.THREADS_POSTS, ExposureKind.THREADS_REPLIES),
}
"""What there is none of where a folder holds only the file `no-data.txt`."""

_ROOT_SERVICES: Mapping[str, str] = {
    "yourfacebookactivity": _FB,
    "youractivityacrossfacebook": _FB,
    "facebookaccountscenter": _FB,
    "profileinformation": _FB,
    "commentsandreactions": _FB,
    "yourinstagramactivity": _IG,
    "accountinformation": _IG,
    "metaaiprofile": _AI,
    "metaaiapp": _AI,
    "instagramprofileinformationjson": _IG,
    "instagramprofileinformationhtml": _IG,
}
_ROOT_FOLDERS = frozenset(_ROOT_SERVICES) | {
    "personalinformation", "securityandlogininformation", "adsinformation", "loggedinformation", "preferences",
    "connections", "facebookview", "appsandwebsitesoffoffacebook", "loginandaccountcreation",
}  # fmt: skip
"""Folders that stand at the top of a download and hardly anywhere else."""
_TOP_FOLDERS = _ROOT_FOLDERS | {
    "posts", "groups", "pages", "stories", "reels", "messages", "comments", "content", "media", "threads",
    "photosandvideos", "pagesandprofiles",
}  # fmt: skip

_LEFT_ALONE = frozenset({"secretconversations", "reportedconversations"})
AUDIO_SUFFIXES = (".m4a", ".mp3", ".wav", ".opus", ".ogg", ".aac")
_FILE_SUFFIXES = (".json", ".html")
WANTED_SUFFIXES = (*_FILE_SUFFIXES, *AUDIO_SUFFIXES, "no-data.txt", ".zip")

_OTHER_SIGNS = re.compile(r"[^a-z0-9]+")
_PART_NUMBER = re.compile(r"(?<=[a-z])[0-9]+$")
_THREAD_NAME = re.compile(r"message_?[0-9]{1,6}")


def plain_name(part: str) -> str:
    """A part of a path in lower case without other signs, since Meta writes an apostrophe in two ways."""
    return _OTHER_SIGNS.sub("", part.lower())


def identify_file(parts: tuple[str, ...]) -> KnownFile | None:
    """What the file at this path holds; None where that is not needed."""
    name = parts[-1].lower()
    folders = [plain_name(part) for part in parts[:-1]]
    folder = folders[-1] if folders else ""
    if name == "no-data.txt":
        return KnownFile(_EMPTY_CATEGORY, is_html=False, folder_is_known=True) if folder in EMPTY_CATEGORIES else None
    if name.endswith(AUDIO_SUFFIXES):
        is_for_ai = any(part.startswith("metaai") for part in folders)
        return KnownFile(_VOICE, is_html=False, folder_is_known=True) if is_for_ai else None
    stem, suffix = name[:-5], name[-5:]
    if suffix not in _FILE_SUFFIXES:
        return None
    rule = _rule_for(stem, folder, folders)
    if rule is None:
        return None
    return KnownFile(rule, suffix == ".html", not rule.folders or folder in rule.folders)


def _rule_for(stem: str, folder: str, folders: list[str]) -> FileRule | None:
    if folder == "album" and stem.isascii() and stem.isdecimal():
        return _ALBUM
    if _THREAD_NAME.fullmatch(stem):
        return None if _LEFT_ALONE.intersection(folders) else _THREAD
    rule = _RULES.get(_PART_NUMBER.sub("", plain_name(stem)))
    if rule is None and folder == "reviews":
        return _REVIEW
    return rule


def root_index(parts: tuple[str, ...], *, is_below_chosen: bool) -> int | None:
    """The index of the part of a path at which the download begins, None where no folder of the top is in it.

    Names that many folders have count only below what was chosen (`is_below_chosen`).
    """
    names = [plain_name(part) for part in parts[:-1]]
    top_folders = _TOP_FOLDERS if is_below_chosen else _ROOT_FOLDERS
    return next((index for index, name in enumerate(names) if name in top_folders), None)


def service_of_folders(parts: Iterable[str]) -> tuple[str, bool]:
    """The service that a path tells by its folders, empty if none, and whether it is sure.

    Instagram's download can have the folder of messages of Facebook's too.
    """
    names = [plain_name(part) for part in parts]
    for index, name in enumerate(names):
        if service := _ROOT_SERVICES.get(name):
            inside = names[index + 1] if index + 1 < len(names) else ""
            return service, name != "youractivityacrossfacebook" or inside not in ("", "messages")
    return "", False
