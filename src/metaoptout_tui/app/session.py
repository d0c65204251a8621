"""The open record and the services that change it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from metaoptout_tui.app.account_service import AccountService
from metaoptout_tui.app.attachments import NO_ATTACHMENT_STORE, Attachments, AttachmentStore
from metaoptout_tui.app.clock import Clock, system_clock
from metaoptout_tui.app.record_history import RecordHistory, RecordView
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.record.accounts import Account, Record

if TYPE_CHECKING:  # what only annotations name is not loaded at start
    from metaoptout_tui.app.diary_service import DiaryService


class Session:
    """The open record for the screens: its `history`, a `view` of it, and the services that change it."""

    def __init__(
        self,
        record: Record,
        playbook: Playbook,
        *,
        clock: Clock = system_clock,
        save: Callable[[Record], Record],
        attachment_store: AttachmentStore = NO_ATTACHMENT_STORE,
        read_only_reason: str = "",
        is_new: bool = False,
    ) -> None:
        self.history = RecordHistory(record, clock=clock, save=save, read_only_reason=read_only_reason)
        self.view = RecordView(self.history, playbook)
        self.accounts = AccountService(self.view, is_new=is_new)
        self.attachments = Attachments(self.history, attachment_store)

    @cached_property
    def diary(self) -> DiaryService:
        """Writes into the diaries what the person says happened."""
        from metaoptout_tui.app.diary_service import DiaryService

        return DiaryService(self.view, self.attachments)

    # Short ways to what most screens need

    @property
    def record(self) -> Record:
        """The record as it is now."""
        return self.history.record

    @property
    def playbook(self) -> Playbook:
        """The guidance in use."""
        return self.view.playbook

    def now(self) -> datetime:
        """The time by this session's clock."""
        return self.history.now()

    def account(self, id: str) -> Account:
        """An account that must be there; InputRefused where it is not."""
        return self.history.account(id)

    def overview(self) -> Overview:
        """Everything computed from the record, the guidance and the clock."""
        return self.view.overview()
