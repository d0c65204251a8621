"""Submit the form: e-mail address and reason chosen, every field ready to copy, and "I pressed Send"."""

from datetime import datetime

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.links import SafeUrl, genuine
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.playbook import Form, FormField
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.text import cells, elided
from metaoptout_tui.session import Filing
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.screens.ask import Answer, AskScreen, DateScreen, Other
from metaoptout_tui.ui.screens.link import LinkScreen

SENT = "sent"
_LABEL = 26
_GAP, _AROUND, _NARROWEST = 2, 6, 16


class SubmitScreen(StepPage[str | None]):
    """Rows: the form's fields in the order it is likely to ask, and the last one, which records the objection."""

    PLACE = STEP = "submit"
    LIST = "fields"
    BINDINGS = bindings("submit")

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk, account)
        self._key = draft_key("submit", account)

    @property
    def _fields(self) -> tuple[FormField, ...]:
        standing = self.standing
        if standing is None:
            return ()
        return self.session.playbook.fields_for(platform=standing.account.platform, region=standing.region.id)

    @property
    def email(self) -> str:
        """The address chosen here, else the account's own, else the person's."""
        account = self.session.account(self._account)
        chosen = self.session.draft(self._key).get("email", "")
        return chosen or account.email or self.session.progress.person.email

    @property
    def reason(self) -> str:
        """The reason as it stands; empty by default."""
        return self.session.draft(self._key).get("reason", "")

    def _value(self, field: FormField) -> str:
        """What the program can put into a field."""
        match field.fills:
            case "email":
                return self.email
            case "reason":
                return self.reason
            case "country":
                country = self.session.progress.person.country
                return self.desk.countries().get(country, (country,))[0]
            case "yes":
                return "Yes"
            case _:
                return ""

    def show_account(self, standing: Standing) -> None:
        """Rows and words as they are now."""
        name = account_name(standing.account, self.session.playbook)
        self.head(
            f"{name}: submit the form",
            left=f"Copy each field into the form, press Send there, then {self.key('submit.sent')} here.",
        )
        self.rows.show_rows(self._field_rows())
        self.show_words()

    def _field_rows(self) -> list[tuple[str, Content]]:
        """Number, label and value of each field; a value that is too long beside its label stands below it."""
        texts = self.session.playbook.texts
        labels = [elided(texts.say(f"{field.id}.label"), _LABEL) for field in self._fields]
        column = max(map(cells, labels), default=0) + _GAP
        room = max(_NARROWEST, self.size.width - column - _AROUND)
        rows: list[tuple[str, Content]] = []
        for number, (field, label) in enumerate(zip(self._fields, labels, strict=True), start=1):
            hint = "" if field.always else "if asked: "
            words = self._value(field).replace("\n", " ") or _missing(field)
            below = field.fills == "email" and cells(hint + words) > room
            between = "\n  " if below else " " * (column - cells(label))
            shown = elided(words, 2 * self.size.width if below else room - cells(hint))
            rows.append(
                (
                    field.id,
                    Content.assemble(
                        (f"{number} ", "bold $text-accent"), label, between, (hint, "$muted"), (shown, "bold")
                    ),
                )
            )
        rows.append((SENT, Content.assemble((f"{self.desk.marks.arrow} I pressed Send", "bold $text-accent"))))
        return rows

    def show_words(self) -> None:
        """About the highlighted row."""
        standing = self.standing
        if standing is None:
            return
        field = self._field
        guide = self.guide(standing)
        self.read(guide.field(field) if field else guide.walking())

    @property
    def _field(self) -> FormField | None:
        chosen = self.rows.chosen
        return next((field for field in self._fields if field.id == chosen), None)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_use()

    def action_use(self) -> None:
        """Choose, write or copy, by the row; on the last row, record."""
        field = self._field
        if field is None:
            self.action_sent()
        elif field.fills == "email":
            self.action_email()
        elif field.fills == "reason":
            self.action_reason()
        else:
            self.action_copy()

    def action_email(self) -> None:
        """Choose the address: the account's own first, then the others in the record."""
        account = self.session.account(self._account)
        known = [account.email, self.email, *self.session.progress.emails()]
        rows = []
        for address in dict.fromkeys(each for each in known if each):
            own = "  this account's own" if address == account.email else ""
            rows.append((address, f"{address}{own}"))
        words = "\n".join(
            self.session.playbook.texts.say(f"{field.id}.help") for field in self._fields if field.fills == "email"
        )

        def chosen(answer: Answer | None) -> None:
            if answer is not None:
                self.change(lambda: self._choose_email(answer))

        self.open_form(
            AskScreen(
                self.desk,
                "Which e-mail address goes into the form?",
                rows,
                chosen=self.email,
                words=words,
                other=Other(
                    "Another address", "you@example.org", draft_key("email", self._account), self.session.check_email
                ),
            ),
            chosen,
        )

    def _choose_email(self, answer: Answer) -> None:
        self.session.must_write()
        address = self.session.check_email(answer.written) if answer.written else answer.row
        self.session.keep_draft(self._key, {**self.session.draft(self._key), "email": address})

    def action_reason(self) -> None:
        """Write the reason."""
        from metaoptout_tui.ui.screens.reason import ReasonScreen

        self.open_form(ReasonScreen(self.desk, self._account))

    def action_copy(self) -> None:
        """Copy the highlighted row."""
        field = self._field
        if field is not None:
            self.copy(self._value(field), self.session.playbook.texts.say(f"{field.id}.label"))

    def action_copy_row(self, row: int) -> None:
        """Copy what stands in a row, counted from 1."""
        if row <= len(self._fields):
            self.rows.highlighted = row - 1
            self.action_copy()

    @property
    def _form(self) -> Form | None:
        """The form chosen when it was opened, else the likeliest."""
        standing = self.standing
        if standing is None:
            return None
        forms = self.session.playbook.forms_for(platform=standing.account.platform, region=standing.region.id)
        chosen = self.session.draft(self._key).get("form", "")
        return next((form for form in forms if form.id == chosen), forms[0] if forms else None)

    @property
    def _link(self) -> SafeUrl | None:
        form = self._form
        try:
            return genuine(form.url) if form else None
        except LinkRefused:
            return None

    def action_show(self) -> None:
        """Show the form's link in full and as a QR code."""
        if link := self._link:
            self.app.push_screen(LinkScreen(self.desk, link))

    def action_browser(self) -> None:
        """Ask the browser again."""
        if link := self._link:
            self.ask_browser(link)

    def action_sent(self) -> None:
        """Ask when, now by default, and record the objection."""
        words = f"With {self.email}." if self.email else "Without an e-mail address: choose one first if you can."
        words += " With a reason." if self.reason else " Without a reason, which is fine."
        ask = DateScreen(
            self.desk, "When did you press Send?", words=words, act=self._file, keeps=draft_key("sent", self._account)
        )
        self.open_form(ask, self._sent)

    def _file(self, at: datetime) -> None:
        form = self._form
        self.session.file(self._account, Filing(form.id if form else "", self.email, self.reason, at))

    def _sent(self, at: datetime | None) -> None:
        if at is not None:
            self.dismiss("submit")


def _missing(field: FormField) -> str:
    """What stands in a field for which there is nothing to put in."""
    if field.fills == "reason":
        return "empty: it is optional"
    return "choose one" if field.always else "see below"
