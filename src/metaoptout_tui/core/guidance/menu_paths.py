"""Writes the ways through Meta's menus, in the language of the person's app."""

from metaoptout_tui.core.guidance.playbook import MenuPath


def menu_path_words(path: MenuPath, language: str, separator: str) -> str:
    """The labels of a menu path: `AI at Meta (English) → bezwaar maken`.

    A label that is not known in the language is marked as English, or all are where none is known.
    """
    unknown = [label for label in path.labels if not label.is_known_in(language)]
    is_all_english = all(label in unknown or language not in label.words for label in path.labels)
    words = (
        f"{label.word(language)}{' (English)' if label in unknown and not is_all_english else ''}"
        for label in path.labels
    )
    all_english = " (all in English)" if unknown and is_all_english else ""
    return f"{separator.join(words)}{all_english}"
