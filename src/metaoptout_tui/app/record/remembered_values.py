"""What the program remembers beside the diaries, kept in the open record as it is told. It is no step of undo."""

from metaoptout_tui.app.record.current_record import CurrentRecord
from metaoptout_tui.core.record.remembered import OF_PERSON, Remembered


class RememberedValues:
    """What is remembered of the person (`OF_PERSON`), and of each account by its id."""

    def __init__(self, current_record: CurrentRecord) -> None:
        self._current_record = current_record

    def of(self, account_id: str = OF_PERSON) -> Remembered:
        """What is remembered."""
        return self._current_record.record.remembered_of(account_id)

    def save(self, account_id: str, remembered: Remembered) -> None:
        """Remember this, and nothing else, of an account or the person. A read-only session drops it."""
        if not self._current_record.read_only_reason and remembered != self.of(account_id):
            self._current_record.replace(self._current_record.record.with_remembered(account_id, remembered))
