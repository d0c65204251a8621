"""What a scan of chats found, in all and chat by chat, what it cannot tell, and what to do about it."""

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content

from metaoptout_tui.core import chats, text, when
from metaoptout_tui.core.chat_privacy import POINT
from metaoptout_tui.core.chats import at_least, counted, sentence
from metaoptout_tui.core.chats_recorded import Recorded, difference_words, recorded_before
from metaoptout_tui.core.playbook import Point
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.results import PLATFORM_WORDS, Chat, Review, Unread, named
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.guide import StepGuide
from metaoptout_tui.ui.scanning import file_name

_WIDEST_BAR = 30
_SENDERS_NAMED = 5
_LIMITS = ("least", "guess", "blocked")
_KINDS = (
    (Kind.BY, "by Meta AI"),
    (Kind.NAMES, "only naming Meta AI"),
    (Kind.NOTICE, "of WhatsApp's own about Meta AI"),
    (Kind.BUSINESS, "of WhatsApp's own about AI or a service of Meta in a business chat"),
)


class ChatsGuide(StepGuide):
    """Writes about a scan for a given width. `keys` holds the key `who`, and by point where another key leads."""

    def __init__(self, desk: Desk, standing: Standing, width: int, keys: Mapping[str, str]) -> None:
        super().__init__(desk, standing, "chats", width)
        self._keys = keys

    def everything(self, found: Review) -> Content:
        """All chats together, then what to do, and what an export cannot show: that first where nothing was found."""
        total = sum(chat.number(Kind.TO) for chat in found.chats)
        self._sheet.paragraph(_in_all(found, total), "bold")
        if not found.finished:
            self._sheet.paragraph("You stopped the scan: only what was read to its end is in here.", "$text-warning")
        maybe = sum(chat.number(Kind.MAYBE) for chat in found.chats)
        if maybe:
            self._sheet.paragraph(f"Perhaps {maybe:,} more, written right after its answer by the same person.")
        self._own_part(found.chats)
        self._recorded(found.chats)
        if not total:
            self._section_of("What a scan can tell", ("nothing", *_LIMITS))
        self._chart(chat.months(Kind.TO) for chat in found.chats)
        self._other_kinds(found.chats)
        self._what_to_do(used=any(chat.number(Kind.TO) or chat.number(Kind.BY) for chat in found.chats))
        if total:
            self._section_of("What a scan can tell", (*_LIMITS, "nothing"))
        self._sheet.heading("Good to know")
        self._review_statements("encrypted", "circle")
        self._source_list()
        return self._sheet.content()

    def chat(self, chat: Chat) -> Content:
        """One chat."""
        sheet = self._sheet
        self._line(chats.chat_title(chat.path, chat.member), "bold")
        self._line(text.line(chat.name, 1_000), "$muted")
        sheet.paragraph(_whole(chat))
        if not chat.dates_sure:
            words = "The order of day, month and year is not certain in this file, so dates may be wrong."
            sheet.paragraph(words, "$text-warning")
        sheet.blank()
        self._line(f"{sentence(at_least(chat.number(Kind.TO)))}{_by_whom(chat, Kind.TO)}", "bold")
        if days := chats.days(chat.span(Kind.TO)):
            sheet.paragraph(days)
        if chat.with_meta_ai_alone:
            sheet.paragraph("This is the chat with Meta AI itself, so every message of the person counts.")
        if maybe := chat.number(Kind.MAYBE):
            self._line(f"Perhaps {maybe:,} more, written right after its answer{_by_whom(chat, Kind.MAYBE)}")
        self._who(chat)
        self._recorded([chat])
        self._chart([chat.months(Kind.TO)])
        self._other_kinds([chat])
        self._switches(chat)
        self._section_of("What a scan can tell", ("nothing", "least", "guess"))
        self._source_list()
        return sheet.content()

    def unread(self, unread: Unread) -> Content:
        """A file that could not be read."""
        self._line(text.line(named(unread.path, unread.member), 1_000), "bold")
        self._sheet.paragraph(text.line(unread.why, 1_000))
        self._sheet.paragraph("It is not part of what was found.", "$muted")
        return self._sheet.content()

    def privacy(self) -> Content:
        """How to switch on Advanced Chat Privacy, the message that asks for it, and what it does."""
        texts = self._playbook.texts
        point = self._point(POINT)
        if point is not None:
            self._sheet.heading("How to switch it on")
            self._sheet.item(self._desk.marks.bullet, texts.say(f"{point.id}.how"), self.tail(point.basis))
        self._section_of("A message for the admin", ("ask-admin",))
        self._sheet.heading("What it does")
        self._review_statements("advanced", "advanced-disputed")
        self.statements(each for each in self._situation.of("chats") if each.id == "chats.blocked")
        self._source_list()
        return self._sheet.content()

    def _line(self, words: str, style: str = "") -> None:
        """A paragraph with names in it that others chose, broken by the columns it takes."""
        for line in Content.styled(words, style).wrap(self._sheet.width):
            self._sheet.add(line.rstrip())

    def _own_part(self, every: Sequence[Chat]) -> None:
        owns = [(chat, self._desk.scanning.own(chat).name) for chat in every if chat.number(Kind.TO)]
        known = [(chat, name) for chat, name in owns if name]
        if known:
            of_own = sum(chat.number(Kind.TO, name) for chat, name in known)
            maybe = sum(chat.number(Kind.MAYBE, name) for chat, name in known)
            more = f", perhaps {maybe:,} more" if maybe else ""
            where = "" if len(known) == len(owns) else f" in {len(known)} of these chats"
            self._sheet.paragraph(f"By you{where}: {of_own:,}{more}.")
        if len(known) < len(owns):
            words = f"{self._keys['who']} says which sender you are: then your own part is told too."
            self._sheet.paragraph(words, "$muted")

    def _who(self, chat: Chat) -> None:
        own = self._desk.scanning.own(chat)
        if own.name:
            count, maybe = (chat.number(kind, own.name) for kind in (Kind.TO, Kind.MAYBE))
            more = f", perhaps {maybe:,} more" if maybe else ""
            how = "" if own.is_said else f" ({self._keys['who']} changes that)"
            yours = f": {count:,} of these {'is' if count == 1 else 'are'} yours{more}" if chat.number(Kind.TO) else ""
            self._line(f"You are {own.name}{how}{yours}.")
        else:
            self._sheet.paragraph(f"{self._keys['who']} says which sender you are.", "$muted")

    def _recorded(self, every: Iterable[Chat]) -> None:
        """How what was found differs from what is in the diary of files of the same names."""
        lines, same, today = [], 0, self._desk.session.now()
        for before, now in self._counted_again(every):
            if now == before.to_meta_ai:
                same += 1
                continue
            on = when.day(before.at.astimezone(today.tzinfo).date(), today.date())
            lines.append(f"{text.line(before.file, 200)}: {difference_words(before.to_meta_ai, now)} recorded on {on}.")
        if lines:
            self._sheet.heading("Against the diary")
            for line in lines:
                self._sheet.item(self._desk.marks.bullet, line)
            if same:
                self._sheet.item(self._desk.marks.bullet, f"As many as recorded in {counted(same, 'other file')}.")

    def _counted_again(self, every: Iterable[Chat]) -> list[tuple[Recorded, int]]:
        """What was recorded of each file, with its messages to Meta AI now: by the person where it was theirs alone."""
        files: dict[str, list[Chat]] = {}
        for chat in every:
            files.setdefault(file_name(chat), []).append(chat)
        found = []
        for file, of_file in files.items():
            before = recorded_before(self._standing.account.events, file)
            names = [self._desk.scanning.own(chat).name or None for chat in of_file]
            if before is None or (before.own and None in names):
                continue
            counts = (
                chat.number(Kind.TO, name if before.own else None) for chat, name in zip(of_file, names, strict=True)
            )
            found.append((before, sum(counts)))
        return found

    def _chart(self, counts: Iterable[Mapping[str, int]]) -> None:
        months = chats.by_month(counts)
        if not months:
            return
        self._sheet.heading("By month")
        most = max(months.values())
        digits = len(f"{most:,}")
        room = min(_WIDEST_BAR, self._sheet.width - len("2026-11  ") - digits - 1)
        for month, count in months.items():
            bar = self._desk.marks.bar * chats.bar(count, most, room)
            self._sheet.add(Content.assemble(f"{month}  {count:>{digits},} ", (bar, "$text-accent")).rstrip())

    def _other_kinds(self, every: Iterable[Chat]) -> None:
        found = list(every)
        told = [(sum(chat.number(kind) for chat in found), words) for kind, words in _KINDS]
        if any(count for count, _ in told):
            self._sheet.heading("Also found")
            for count, words in told:
                if count:
                    self._sheet.item(self._desk.marks.bullet, f"{counted(count, 'message')} {words}")

    def _switches(self, chat: Chat) -> None:
        self._sheet.heading("Advanced Chat Privacy")
        for switch in chat.switches:
            on = f", {when.full_day(switch.at.date())}" if switch.at else ""
            self._sheet.item(self._desk.marks.bullet, f"switched {'on' if switch.on else 'off'}{on}")
        if not chat.switches:
            self._sheet.paragraph("No switching is seen in this export.")

    def _section_of(self, heading: str, names: Iterable[str]) -> None:
        ids = [f"chats.{name}" for name in names]
        self._sheet.heading(heading)
        self.statements(
            sorted(
                (each for each in self._situation.of("chats") if each.id in ids), key=lambda each: ids.index(each.id)
            )
        )

    def _what_to_do(self, *, used: bool) -> None:
        texts, marks = self._playbook.texts, self._desk.marks
        self._sheet.heading("What you can do")
        points = ("whatsapp.delete", "whatsapp.request", "whatsapp.advanced", "whatsapp.hub")
        for id in points if used else points[2:]:
            point = self._point(id)
            if point is not None:
                words = (texts.say(f"{id}.question"), texts.say(f"{id}.how"), self._keys.get(id, ""))
                self._sheet.item(marks.bullet, " ".join(words).rstrip(), self.tail(point.basis))
        if used:
            self._review_statements("reset")

    def _review_statements(self, *names: str) -> None:
        ids = [f"review.whatsapp.{name}" for name in names]
        self.statements(each for each in self._situation.of("review") if each.id in ids)

    def _point(self, id: str) -> Point | None:
        account, region = self._standing.account, self._standing.region
        points = self._playbook.points_for(platform=account.platform, region=region.id)
        return next((point for point in points if point.id == id), None)


def _in_all(found: Review, total: int) -> str:
    if not found.chats:
        return "No chat was read."
    if len(found.chats) == 1:
        return f"{sentence(at_least(total))}."
    among = sum(bool(chat.number(Kind.TO)) for chat in found.chats)
    return f"In all {len(found.chats)} chats: {at_least(total)}{f', in {among} of them' if among else ''}."


def _whole(chat: Chat) -> str:
    parts = [PLATFORM_WORDS[chat.platform]]
    if chat.totals:
        senders = counted(len(chat.totals.authors), "sender")
        parts.append(f"{counted(chat.totals.messages, 'message')} by {senders}")
    if chat.first and chat.last:
        parts.append(chats.days((chat.first.date(), chat.last.date())))
    return ", ".join(parts)


def _by_whom(chat: Chat, kind: Kind) -> str:
    shares = [each for each in chat.shares if each.kind is kind]
    if not shares:
        return ""
    told = ", ".join(f"{text.line(each.author, 60) or 'others'} {each.messages:,}" for each in shares[:_SENDERS_NAMED])
    more = len(shares) - _SENDERS_NAMED
    return f" ({told}{f' and {more} more' if more > 0 else ''})"
