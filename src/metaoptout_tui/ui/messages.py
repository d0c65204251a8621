"""News that screens post for the App to act on."""

from textual.message import Message


class Place(Message):
    """The person went to an account and a step; remembered for the next start."""

    def __init__(self, account: str, step: str) -> None:
        super().__init__()
        self.account = account
        self.step = step


class QuitAsked(Message):
    """The person wants to leave."""


class LookAsked(Message):
    """The person wants the watched pages looked at."""


class LookStopAsked(Message):
    """The person wants the look under way to stop."""


class ScanAsked(Message):
    """The person chose chats to be read, which `Scanning` is ready for."""


class Looked(Message):
    """A look went on, ended or was stopped: show what is now known of the pages."""
