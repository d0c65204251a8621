"""What the guidance says beside the results of a chat scan: what can be done, what a scan cannot find, how to export."""

from collections.abc import Iterable, Mapping

from metaoptout_tui.core.chats.privacy import PRIVACY_POINT
from metaoptout_tui.core.guidance.playbook import ReviewPoint, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.step_sources import StepText


class ChatAdvice:
    """Adds sentences of the guidance to the text about a scan. `keys` has sentences about keys by review point."""

    def __init__(self, context: AppContext, status: AccountStatus, text: StepText, keys: Mapping[str, str]) -> None:
        self._playbook = context.session.playbook
        self._status = status
        self._keys = keys
        self._applicable = ApplicableGuidance(self._playbook, status, "chats")
        self._text = text
        self._builder = text.builder

    def add_scan_statements(self, heading: str, names: Iterable[str]) -> None:
        """Sentences of the guidance about scans, under a heading."""
        self._builder.heading(heading)
        self.add_statements(*names)

    def add_statements(self, *names: str) -> None:
        """Sentences of the guidance about scans, in this order."""
        ids = [f"chats.{name}" for name in names]
        self._text.add_statements(
            sorted(
                (statement for statement in self._applicable.statements_at("chats") if statement.id in ids),
                key=lambda statement: ids.index(statement.id),
            )
        )

    def add_what_to_do(self, *, used: bool, has_switch: bool) -> None:
        """What can be done; where all chats are with businesses, Advanced Chat Privacy is reported not to exist (S117)."""
        texts = self._playbook.texts
        self._builder.heading(_("What you can do"))
        points = ("whatsapp.delete", "whatsapp.request", "whatsapp.advanced", "whatsapp.hub")
        for id in points if used else points[2:]:
            point = self._review_point(id)
            if point is not None and (has_switch or id != PRIVACY_POINT):
                words = (texts.sentence(f"{id}.question"), texts.sentence(f"{id}.how"), self._keys.get(id, ""))
                self._text.add_item(" ".join(words).rstrip(), point.basis)
        if used:
            self.add_review_statements("reset")

    def add_review_statements(self, *names: str) -> None:
        """Sentences that the review of WhatsApp has too."""
        ids = [f"review.whatsapp.{name}" for name in names]
        self._text.add_statements(
            statement for statement in self._applicable.statements_at(StepId.REVIEW) if statement.id in ids
        )

    def _review_point(self, id: str) -> ReviewPoint | None:
        account, region = self._status.account, self._status.region
        points = self._playbook.points_for(platform=account.platform, region=region.id)
        return next((point for point in points if point.id == id), None)

    def add_privacy_switch(self) -> None:
        """How to switch on Advanced Chat Privacy, the message that asks for it, and what it does."""
        texts = self._playbook.texts
        point = self._review_point(PRIVACY_POINT)
        if point is not None:
            self._builder.heading(_("How to switch it on"))
            self._text.add_item(texts.sentence(f"{point.id}.how"), point.basis)
        self.add_scan_statements(_("A message for the admin"), ("ask-admin",))
        self._builder.heading(_("What it does"))
        self.add_review_statements("advanced", "advanced-disputed")
        self._text.add_statements(
            statement for statement in self._applicable.statements_at("chats") if statement.id == "chats.blocked"
        )
