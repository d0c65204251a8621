"""The look under way: one for the whole program, so that screens can come and go while it runs."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from metaoptout_tui.core.currency import outcome_words
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.text import cells
from metaoptout_tui.lookout import Lookout, Step
from metaoptout_tui.storage.consent_file import Consent
from metaoptout_tui.ui.marks import Marks

_WIDEST_BAR = 30


class Looking:
    """What is allowed, how far the look is, and what came of the last one.

    `remember` keeps what the person allows and raises StorageError. `by_config` is what the settings switch on, which
    stays on whatever is switched here.
    """

    def __init__(
        self,
        lookout: Lookout,
        consent: Consent,
        *,
        remember: Callable[[Consent], None] = lambda _consent: None,
    ) -> None:
        self.lookout = lookout
        self.consent = consent
        self.step: Step | None = None
        self.running = False
        self.outcome = ""
        self._by_settings = lookout.permission
        self._remember = remember
        self._apply()

    def _apply(self) -> None:
        self.lookout.permission = self._by_settings._replace(
            meta_pages=self._by_settings.meta_pages or self.consent.meta_pages,
            weekly=self._by_settings.weekly or self.consent.weekly,
        )

    def must_ask(self) -> bool:
        """Whether a host would be contacted that the person has not been shown yet."""
        return not self.consent.hosts.issuperset(self.lookout.hosts())

    def agree(self) -> None:
        """The person was shown the hosts and lets them be contacted. Raises StorageError."""
        self._change(replace(self.consent, hosts=self.consent.hosts.union(self.lookout.hosts())))

    def switch(self, *, weekly: bool | None = None, meta_pages: bool | None = None) -> None:
        """Switch the weekly look or Meta's pages on or off. Raises StorageError."""
        consent = self.consent
        if weekly is not None:
            consent = replace(consent, weekly=weekly)
        if meta_pages is not None:
            consent = replace(consent, meta_pages=meta_pages)
        self._change(consent)

    def is_due(self) -> bool:
        """Whether the weekly look, which the person switched on, is due at this start."""
        permission = self.lookout.permission
        return permission.weekly and not permission.offline and not self.must_ask() and self.lookout.is_week_old()

    async def run(self, told: Callable[[], None]) -> None:
        """One look; `told` is called whenever there is something new to show. Cancelling keeps what has come."""

        def took(step: Step) -> None:
            self.step = step
            told()

        self.running, self.step, self.outcome = True, None, ""
        try:
            told()
            records = await self.lookout.look(took)
        except MetaOptOutError as error:
            self.outcome = str(error)
        except asyncio.CancelledError:
            self.outcome = f"Stopped after {self.step.done if self.step else 0} of {self.lookout.total()}."
            raise
        else:
            self.outcome = outcome_words(records)
        finally:
            self.running = False
            told()

    def _change(self, consent: Consent) -> None:
        self.consent = consent
        self._apply()
        self._remember(consent)

    def line(self, width: int, marks: Marks) -> str:
        """How far the look is, as one line; what came of the last one where none is under way; empty before the first."""
        if not self.running:
            return self.outcome
        done, total = (self.step.done, self.step.total) if self.step else (0, self.lookout.total())
        words = f" {done} of {total} looked at. Esc stops."
        room = min(_WIDEST_BAR, width - cells(words) - len("Looking "))
        if room < 3 or not total:
            return f"Looking:{words}"
        full = room * done // total
        return f"Looking {marks.bar * full}{marks.rest * (room - full)}{words}"

    def short(self) -> str:
        """The same in the corner of another screen; how current the guidance is where no look is under way."""
        if not self.running:
            return self.lookout.age()
        done, total = (self.step.done, self.step.total) if self.step else (0, self.lookout.total())
        return f"looking: {done} of {total}"
