"""Several names in a sentence are joined as the language in use joins them: “Facebook, Instagram and Threads”."""

import ast
from collections import Counter
from collections.abc import Iterator

import pytest

from metaoptout_tui.app.files.restoring import describe_names
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.translations.catalogues import load_catalogue
from samples import account, record
from source_trees import nodes_of, package_trees

NOT_IN_A_SENTENCE = {
    "app/letters/letter_from_diary.py": "the lines of an address on one line, as an envelope has them",
    "core/letters/postal_address.py": "parts of a line of an address",
    "app/imports/meta_export_findings.py": "names of files as the diary keeps them, in every language the same",
    "core/letters/authority_facts.py": "the lines of an address on one line",
    "core/chats/privacy.py": "a note as the diary keeps it, in every language the same",
    "core/objection/reason.py": "a list in the language of the reason, which need not be the one in use",
    "core/toml.py": "the syntax of a file",
    "app/letters/letter_sender.py": "the lines of an address on one line of a form",
    "guidance/value_checks.py": "values as the file of the guidance has them",
    "guidance/playbook_writer.py": "the syntax of a file",
}
"""Where a comma is put between things by hand, with the reason."""


def joined_with_commas(tree: ast.Module) -> Iterator[ast.Call]:
    """Every call of `", ".join`."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            sign = node.func.value
            if isinstance(sign, ast.Constant) and sign.value == ", ":
                yield node


def test_no_sentence_joins_names_with_commas_by_hand() -> None:
    found = Counter(path for path, tree in package_trees().items() for _unused in joined_with_commas(tree))
    assert {*found} == {*NOT_IN_A_SENTENCE}, "use format_list or format_open_list of core/language/formatting.py"


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Anna, shop and club"),
        ("de", "Anna, shop und club"),
        ("es", "Anna, shop y club"),
        ("fr", "Anna, shop et club"),
        ("it", "Anna, shop e club"),
        ("nl", "Anna, shop en club"),
    ],
)
def test_three_accounts_are_named_in_each_language(language: str, names: str) -> None:
    accounts = [account("facebook"), account("instagram-shop"), account("threads-club")]
    catalogue = load_catalogue(language)
    assert catalogue is not None
    with in_catalogue(catalogue):
        assert describe_names(record(*accounts)) == names
