"""A person who types lines, for every test here."""

from plain_talk import paths, speak

__all__ = ["paths", "speak"]
