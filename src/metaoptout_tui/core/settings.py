"""The person's settings as values, with their defaults; `config.example.toml` shows each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class GuidanceSettings(NamedTuple):
    """What may be fetched: the table `[guidance]`.

    `enabled`: whether anything may be fetched at all; `weekly`: whether the watched pages are checked each week without
    asking; `meta_pages`: whether those on Meta's own hosts are too; `feed_url`: the plain https address of a playbook,
    empty for none.
    """

    enabled: bool = True
    weekly: bool = False
    meta_pages: bool = False
    feed_url: str = ""


class Config(NamedTuple):
    """The settings of `config.toml`; each default is what an absent line means.

    `language`: the one that the program speaks, empty for the person's choice; `theme`: empty for the one last chosen;
    `label_language`: the language of menu labels, empty for the person's own;
    `marks`: `auto`, `unicode` or `ascii`; `mouse`: whether clicks count; `plain`: whether to ask
    line by line, without the full screen; `keys`: action id to keys with commas between,
    as written and not checked yet; `key_lines`: the line of each in the file.
    """

    language: str = ""
    theme: str = ""
    label_language: str = ""
    marks: str = "auto"
    mouse: bool = True
    plain: bool = False
    guidance: GuidanceSettings = GuidanceSettings()
    keys: Mapping[str, str] = MappingProxyType({})
    key_lines: Mapping[str, int] = MappingProxyType({})
