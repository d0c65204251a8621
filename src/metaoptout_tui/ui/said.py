"""What the program has just said, and how long it stands: in words of its own line, never over something else."""

from typing import NamedTuple


class Saying(NamedTuple):
    """One message. A lasting one stays until the person has gone to another screen, any other until the next key."""

    words: str
    lasting: bool = False
    is_error: bool = False
    is_new: bool = True


class Said:
    """The messages that stand now, the newest last.

    What a key says stands after that key, also on the screen it led to; so a message belongs to what the person did, and
    goes when they do something else.
    """

    def __init__(self) -> None:
        self.standing: tuple[Saying, ...] = ()

    def say(self, saying: Saying) -> None:
        """Say something; said twice it stands once."""
        others = tuple(each for each in self.standing if each.words != saying.words)
        self.standing = (*others, saying)

    def key_pressed(self) -> None:
        """The person did something: what only comments on what they did before goes."""
        self.standing = tuple(each._replace(is_new=False) for each in self.standing if each.lasting)

    def screen_changed(self) -> None:
        """Another screen is in front: what was said before the key that led to it goes."""
        self.standing = tuple(each for each in self.standing if each.is_new)
