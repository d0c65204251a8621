"""The one line that is left in the terminal after the full screen."""

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.farewell import farewell
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

FILE = "~/.local/share/metaoptout-tui/progress.toml"


def said(playbook: Playbook, before: Record, *accounts: Account) -> str:
    after = record(*accounts)
    return farewell(before, after, compute_overview(after, playbook, NOW, public_holiday_name), playbook, FILE)


def test_it_names_the_file_and_what_comes_next(playbook: Playbook) -> None:
    words = said(playbook, record(), account("facebook"))
    assert words == f"Saved in {FILE}. Next: List what is linked with Facebook “Anna”."


def test_it_says_when(playbook: Playbook) -> None:
    posted = account("facebook", entry("filed", at(0), form="letter"), hub="")
    assert "26 Nov" in said(playbook, record(), posted)
    confirmed = account("facebook", entry("filed", at(20)), entry("confirmed-by-mail", at(19)), hub="")
    assert said(playbook, record(), confirmed).endswith("Next: Yearly check of Facebook “Anna”, due 3 Nov 2027.")


def test_it_says_nothing_where_nothing_was_recorded(playbook: Playbook) -> None:
    same = account("facebook", hub="")
    typed = record(same).with_draft("note:facebook:open", {"text": "half a not"})
    assert said(playbook, typed, same) == ""


def test_where_there_are_several_people_it_tells_nothing_of_this_one(playbook: Playbook) -> None:
    after = record(account("facebook", hub=""))
    overview = compute_overview(after, playbook, NOW, public_holiday_name)
    assert farewell(record(), after, overview, playbook, FILE, is_one_of_several=True) == "Everything is saved."
    assert farewell(after, after, overview, playbook, FILE, is_one_of_several=True) == ""
