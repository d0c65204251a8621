"""What a person prepared for an objection and did not send yet, and how a draft in the record holds it."""

from typing import NamedTuple

from metaoptout_tui.core.record.accounts import Draft


class ObjectionDraft(NamedTuple):
    """The address, the reason and the form that were chosen, each empty where nothing was.

    `checked_options` and `reason_language` are what the reason was composed from.
    """

    email: str = ""
    reason: str = ""
    checked_options: tuple[str, ...] = ()
    reason_language: str = ""
    form_id: str = ""

    @classmethod
    def from_draft(cls, draft: Draft) -> "ObjectionDraft":
        """What a draft holds of it."""
        return cls(
            draft.get("email", ""),
            draft.get("reason", ""),
            tuple(draft.get("reason-ticked", "").split()),
            draft.get("reason-language", ""),
            draft.get("form", ""),
        )

    def to_draft(self, before: Draft) -> Draft:
        """The draft that holds this in the place of `before`, whose order and other names stay."""
        return {
            **before,
            "email": self.email,
            "reason": self.reason,
            "reason-ticked": " ".join(self.checked_options),
            "reason-language": self.reason_language,
            "form": self.form_id,
        }
