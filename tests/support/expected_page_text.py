"""The pages written for the tests, each with its right text beside it."""

import re
from pathlib import Path
from typing import NamedTuple

PAGES = Path(__file__).parents[1] / "guidance" / "pages"

ADDRESSES = {
    "authority": "https://authority.example/en/news/statement-ai-training",
    "guide_de": "https://hilfe.example/digital/ki-training",
    "help_page": "https://www.meta.com/help/quest/1/",
    "newsroom": "https://newsroom.example/news/2025/04/assistant",
    "organisation_fr": "https://consommateurs.example/famille/ia",
    "policy": "https://chat.example/legal/privacy-policy",
    "spa_banner": "https://rights.example/news/survey",
    "wordpress_nl": "https://gids.example/internet/bezwaar",
}


class RightText(NamedTuple):
    """What a page says: its paragraphs in order, some addresses that are in them, and what may not be among them."""

    name: str
    html: bytes
    address: str
    right: list[str]
    links: list[str]
    absent: list[str]


def page(name: str) -> RightText:
    told = (PAGES / f"{name}.txt").read_text(encoding="utf-8")
    parts: dict[str, list[str]] = {"right": [], "links": [], "absent": []}
    for line in told.splitlines():
        if heading := re.fullmatch(r"\[(right|links|absent)\]", line):
            current = parts[heading[1]]
        elif line:
            current.append(line)
    html = (PAGES / f"{name}.html").read_bytes()
    return RightText(name, html, ADDRESSES.get(name, f"https://{name.replace('_', '-')}.example/page.html"), **parts)


NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
