"""The record as it is now, in memory and on the disk."""

from collections.abc import Callable

from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Account, Record


class CurrentRecord:
    """The record of this session. It is frozen: each change replaces it by another, which is saved at once.

    `read_only_reason` says why nothing can be recorded, empty where it can. `save_error` is set while something
    is not on the disk. `notices` are sentences that the person has not seen yet. `save` writes a record durably and
    returns what was written, which has the changes of another program too; it raises StorageError.
    """

    def __init__(self, record: Record, *, save: Callable[[Record], Record], read_only_reason: str = "") -> None:
        self._record = record
        self._save = save
        self.read_only_reason = read_only_reason
        self.save_error: StorageError | None = None
        self.notices: list[str] = []

    @property
    def record(self) -> Record:
        """The record, with everything up to the last change."""
        return self._record

    def account(self, account_id: str) -> Account:
        """An account that must be there; InputRefused where it is not."""
        account = self._record.account_by_id(account_id)
        if account is None:
            raise InputRefused(_("This account is not in the record any more."))
        return account

    def replace(self, record: Record) -> None:
        """Put another record in its place and save that; what cannot be saved stays in memory, with its `save_error`."""
        self._record = record
        try:
            self._record = self._save(record)
        except StorageError as error:
            self.save_error = error
        else:
            self.save_error = None

    def retry_save(self) -> None:
        """Try once more to save what could not be saved."""
        if self.save_error is not None:
            self.replace(self._record)

    def require_writable(self) -> None:
        """Raise StorageError where this window may only read."""
        if self.read_only_reason:
            raise StorageError(self.read_only_reason, todo=_("Nothing was changed."))

    @property
    def warning(self) -> str:
        """Why the last change is not in the file, or why none can be made; empty where nothing is in the way."""
        return self.save_error.what if self.save_error is not None else self.read_only_reason

    def add_notice(self, sentence: str) -> None:
        """Show a sentence to the person soon."""
        self.notices.append(sentence)
