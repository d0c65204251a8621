"""A saved mail that fills a screen and is kept with what is recorded from it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from metaoptout_tui.app.files.recent_files import MAIL_SUFFIXES
from metaoptout_tui.app.record.attachments import ImportedMail, import_mail
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.mail import Mail, describe_mail
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.job_screen import run_in_thread
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChooseFileScreen
from metaoptout_tui.ui.widgets.frame import Notice


class AttachedMail(Notice):
    """The mail that the fields were filled in from, which is kept with the reply; hidden while there is none."""

    DEFAULT_CSS = "AttachedMail { max-height: 40%; }"

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(id="mail")
        self._clock = clock
        self.path: Path | None = None

    def attach(self, path: Path | None, mail: Mail | None = None) -> None:
        """Attach a mail file, and describe the mail once it was read."""
        self.path = path
        self.show(describe_mail(mail, self._clock()) if mail is not None else "")

    def read_again(self) -> None:
        """Read the mail of a draft again; an error is shown only when the file is to be kept."""
        if self.path is not None:
            run_in_thread(self, Job(), partial(import_mail, self.path), self._mail_read, group="mail")

    def _mail_read(self, mail: ImportedMail) -> None:
        if mail.path == self.path:
            self.attach(*mail)

    def keep(self, screen: BaseScreen[Any], account_id: str, event_id: str) -> None:
        """Keep the mail as proof of a new entry; where that fails, the error is shown and the entry stays."""
        if self.path is None:
            return
        try:
            screen.session.attachments.attach(account_id, event_id, self.path)
        except MetaOptOutError as error:
            BaseScreen.say_error(screen, error)  # not below the fields, which is about to close


def ask_for_mail(screen: BaseScreen[Any], account_id: str, then: Callable[[ImportedMail], object]) -> None:
    """Ask for a mail that was saved as a file, and call `then` with it."""

    def mail_read(mail: ImportedMail | None) -> None:
        if mail is not None:
            then(mail)

    help_text = _("Save the mail as a file (.eml) in your mail program first. It is read here and sent nowhere.")
    key = make_draft_key("attach-mail", account_id)
    question = ChooseFileScreen(screen.context, key, _("Read a mail"), help_text, import_mail, suffixes=MAIL_SUFFIXES)
    screen.app.push_screen(question, mail_read)
