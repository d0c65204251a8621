"""Textual messages that screens post to the App, and the status messages shown above the keys.

A status message belongs to what the person did last: it stays until the next key, or, if it is a lasting one, until the person has gone to another screen.
"""

from typing import NamedTuple

from textual.message import Message


class StepSelected(Message):
    """The person went to an account and a step; remembered for the next start."""

    def __init__(self, account: str, step: str) -> None:
        super().__init__()
        self.account = account
        self.step = step


class FirstScreenComplete(Message):
    """The first screen has all that it shows, and can be drawn."""


class QuitRequested(Message):
    """The person wants to leave."""


class PageCheckRequested(Message):
    """The person wants the watched pages looked at."""


class PageCheckStopRequested(Message):
    """The person wants the look under way to stop."""


class ChatScanRequested(Message):
    """The person chose chats to be read, which `Scanning` is ready for."""


class StatusMessage(NamedTuple):
    """One message. A lasting one stays until the person has gone to another screen, any other until the next key."""

    text: str
    is_lasting: bool = False
    is_error: bool = False
    is_new: bool = True


class StatusMessages:
    """The messages that stand now, the newest last.

    What a key says stands after that key, also on the screen it led to; so a message belongs to what the person did, and
    goes when they do something else.
    """

    def __init__(self) -> None:
        self.current: tuple[StatusMessage, ...] = ()

    def add(self, saying: StatusMessage) -> None:
        """Say something; said twice it stands once."""
        others = tuple(message for message in self.current if message.text != saying.text)
        self.current = (*others, saying)

    def drop_on_key(self) -> None:
        """The person did something: what only comments on what they did before goes."""
        self.current = tuple(message._replace(is_new=False) for message in self.current if message.is_lasting)

    def drop_on_screen_change(self) -> None:
        """Another screen is in front: what was said before the key that led to it goes."""
        self.current = tuple(message for message in self.current if message.is_new)
