"""From the welcome to the first objection with the accounts that Meta's download names: in a terminal, counted in key presses."""

from meta_exports import ZOE, facebook_export, facebook_links_of_2021, meta_json, write_zip
from terminal.pseudo_terminal import Home, OpenWindow

MOST_WITH_A_DOWNLOAD = 12
LINKS = "personal_information/facebook_accounts_center/accounts_center.json"


def test_the_accounts_come_from_metas_download_and_are_one_objection(home: Home, window: OpenWindow) -> None:
    (home.folder / "Downloads").mkdir()
    write_zip(
        home.folder / "Downloads/facebook-zoe.zip",
        facebook_export() | {LINKS: meta_json(facebook_links_of_2021(ZOE))},
    )
    person = window()
    person.see("Where do you live?")
    person.type("nether")
    person.see("You can object at any time")
    person.press("f4")
    person.see("How do you want to begin?", "I have Meta's download")
    person.press("down")
    person.press("enter")
    person.see("What Meta gave you", "facebook-zoe.zip")
    person.press("down")
    person.see("Enter takes a file")
    person.press("enter")
    person.see("✓")
    person.press("enter")
    person.see("What the download says", "[x] New: Facebook", "[x] New: Instagram")
    person.press("enter")
    person.see("2 changes taken into your list")
    person.press("enter")
    person.see("Which of these appear together in the Accounts Centre?", "[x] Both: Facebook")
    person.press("enter")
    person.see("open Privacy Centre", "Enter when the form is in front of you")
    person.press("enter")
    person.see("submit the form", "I pressed Send")
    person.press("p")
    person.see("When did you press Send?")
    person.press("enter")
    person.see("1 sent · 1 perhaps covered", "Look for Meta's mail to zoe@example.org")
    assert person.presses <= MOST_WITH_A_DOWNLOAD
    assert [each["hub"] for each in home.written["account"]] == ["Accounts Centre", "Accounts Centre"]
    assert home.written["person"]["country"] == "NL"
