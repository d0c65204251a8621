"""An edition of the guidance that a feed offers: everything it would change, then the person's word."""

from textual.content import Content

from metaoptout_tui.core import when
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.page_sheet import PageText, offered
from metaoptout_tui.ui.reading import ReadingPage


class EditionScreen(ReadingPage[bool | None]):
    """True when it was accepted, False when it was refused."""

    PLACE = "edition"
    BINDINGS = bindings("edition")

    def show(self) -> None:
        """What is offered, by whom."""
        super().show()
        offer = self.desk.looking.lookout.offer
        if offer is None:
            return  # decided: the screen is about to close
        self.read(offer.edition.serial)
        count = len(offer.changes)
        self.head(
            f"Guidance of {when.partial(offer.edition.published)} from {offer.host}",
            left=f"{count} change{'' if count == 1 else 's'}; not reviewed by the makers of this program. Read, then decide.",
        )

    def written(self, width: int) -> PageText:
        """The changes."""
        offer = self.desk.looking.lookout.offer
        if offer is None or not offer.changes:
            return PageText(Content("It changes nothing but its number and its date."), ())
        return offered(offer.changes, width)

    def action_accept(self) -> None:
        """Use it."""
        lookout = self.desk.looking.lookout
        if self.change(lookout.accept):
            self.session.use_guidance(lookout.playbook)
            self.dismiss(True)

    def action_refuse(self) -> None:
        """Leave it."""
        if self.change(self.desk.looking.lookout.refuse):
            self.dismiss(False)

    def action_next(self) -> None:
        """Go to the next change."""
        self.to_next_stop()

    def action_last(self) -> None:
        """Go to the one before."""
        self.to_last_stop()

    def action_back(self) -> None:
        """Decide later."""
        self.dismiss(None)
