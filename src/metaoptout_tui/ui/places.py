"""The screens by the name that the ids of their actions begin with. Imports no Textual, as `actions` does not."""

from collections.abc import Mapping

EVERYWHERE = "everywhere"

PLACES: Mapping[str, str] = {
    EVERYWHERE: "Everywhere",
    "checklist": "Checklist",
    "welcome": "Welcome",
    "account": "Account",
    "identify": "Linked accounts",
    "open": "Open the form",
    "link": "Link",
    "submit": "Submit the form",
    "reason": "Reason",
    "confirm": "What came back",
    "periods": "Legal periods",
    "letters": "Letters",
    "letter": "Letter",
    "authority": "Authority",
    "review": "Review",
    "chats": "Scan chats",
    "scan": "Scan under way",
    "chats-found": "What a scan found",
    "messages": "Messages to Meta AI",
    "chat-privacy": "Chat privacy",
    "note": "Note",
    "diary": "Diary",
    "overview": "Overview",
    "timeline": "Timeline",
    "export": "Case file",
    "attach": "Add a file",
    "guidance": "Guidance",
    "page": "Page",
    "page-links": "Links of a page",
    "hosts": "Before the first look",
    "edition": "New guidance",
    "sources": "Sources",
    "ask": "Question",
    "help": "Help",
    "trouble": "Trouble with the file",
}
"""The screens an action can belong to, and how the help calls them."""
