"""What a command is, and the commands that are declared whole, each for one screen or everywhere. Imports no Textual."""

from typing import NamedTuple

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext

ACTION_CONTEXT = "action"
"""Tells translators that a word names something to do: “Open” is a request, no state."""


class Command(NamedTuple):
    """One thing that a person can do on one screen, by a key, a list or the palette.

    `id` stands in the user's key table; the part after its last dot names the method `action_NAME`. `keys` are
    Textual's names, separated by commas; empty for one that is found in a list and in the palette. `footer_order` orders
    the keys in the footer; 0 leaves one out. One that `needs_account` does nothing while the record has no account.
    Its words are declared in English; `title` and `help` say them in the language in use.
    """

    id: str
    keys: str
    english_title: str
    english_help: str
    footer_order: int = 0
    priority: bool = False
    needs_account: bool = False

    @property
    def title(self) -> str:
        """What it is called in the footer and in lists."""
        return pgettext(ACTION_CONTEXT, self.english_title)

    @property
    def help(self) -> str:
        """What it does, in a sentence."""
        return _(self.english_help)

    @property
    def is_navigation(self) -> bool:
        """Whether it only moves the cursor or the focus, so that the palette leaves it out."""
        return self.action_name in _NAVIGATION_NAMES

    @property
    def key_names(self) -> tuple[str, ...]:
        """The keys of the command, one by one."""
        return tuple(filter(None, self.keys.split(",")))

    @property
    def screen_id(self) -> str:
        """The id of its screen."""
        return self.id.rpartition(".")[0]

    @property
    def action_name(self) -> str:
        """The name of the method, without `action_`."""
        return self.id.rpartition(".")[2].replace("-", "_")

    @property
    def textual_action(self) -> str:
        """The action for Textual. A number at the end of the name becomes an argument: `copy-2` calls `copy_row(2)`."""
        stem, _, number = self.action_name.rpartition("_")
        return f"{stem}_row({number})" if number.isdecimal() else self.action_name


_NAVIGATION_NAMES = frozenset({"up", "down", "page_up", "page_down", "other_pane", "palette", "write"})


def _for_account(id: str, keys: str, title: str, help: str, footer_order: int = 0) -> Command:
    return Command(id, keys, title, help, footer_order, needs_account=True)


OWN_COMMANDS = (
    Command("everywhere.help", "question_mark,f1", "Help", "Show everything that can be done here, with its keys.", 90),
    Command("everywhere.palette", "ctrl+p,alt+p,colon", "Actions", "Find an action or a theme by its name."),
    Command("everywhere.reach", "f6", "What it reaches", "What an objection reaches, and what else there is to know."),
    Command("everywhere.manual", "f11,alt+m", "Manual", "Read the manual, at the chapter about this screen."),
    Command("everywhere.language", "alt+l", "Language", "Choose the language that the program speaks."),
    Command("everywhere.frauds", "f7", "Frauds", "Frauds and rumours about this, and how to tell them."),
    Command(
        "everywhere.download", "f12,alt+d", "Meta's download", "Read what Meta gave you as “Download your information”."
    ),
    Command("everywhere.redraw", "ctrl+l", "Draw again", "Draw the whole screen again, if something wrote over it."),
    Command(
        "everywhere.pause",
        "ctrl+z",
        "Pause",
        "Go back to the shell; there `fg` comes back here. It undoes nothing: “Undo” does.",
    ),
    Command(
        "everywhere.kept",
        "f10,alt+k",
        "What is kept",
        "What is kept, and where; backups and earlier versions; joining a copy.",
    ),
    Command("everywhere.people", "", "Whose record", "Open another person's record, or begin one for somebody."),
    Command("everywhere.different", "", "It looked different", "Make a text about what you saw, to report it."),
    Command("everywhere.rehearse", "", "Rehearsal", "Try everything with an invented person; nothing of it is kept."),
    Command("everywhere.leave", "ctrl+q,ctrl+c", "Leave", "Leave the program. It finishes saving first.", 0, True),
    Command("checklist.do", "enter", "Open", "Do what the highlighted row says, or go to the steps of the account.", 1),
    _for_account("checklist.tick", "space", "Tick", "Tick the highlighted step, or take its tick back.", 2),
    _for_account("checklist.next", "g", "Next thing", "Go to what “Next:” says, whichever account it is in.", 3),
    _for_account("checklist.sources", "s", "Who says so", "Who says what stands here, when, and how sure it is.", 6),
    _for_account("checklist.more", "w", "Read more", "All there is to know here, also what may go wrong; or less.", 7),
    Command("checklist.add", "a", "Add", "Add an account.", 4),
    _for_account(
        "checklist.letters", "", "Letters", "Reminder, question, complaint and others, filled from the diary."
    ),
    _for_account("checklist.periods", "", "Legal periods", "How long Meta has to answer, and how that was worked out."),
    _for_account("checklist.authority", "", "Authority", "The authority that takes your complaint."),
    _for_account("checklist.export", "", "Case file", "Write the case file, to print it or hand it over."),
    Command("checklist.helper", "", "Who helps", "Who was authorised to do this for you; it stands in the case file."),
    _for_account("checklist.diary", "", "Diary", "All entries of the account: keep proof of one, or correct its date."),
    _for_account("checklist.note", "", "Note", "Write a note to the highlighted step."),
    _for_account("checklist.skip", "", "Leave out", "Leave the highlighted step out."),
    _for_account("checklist.link", "", "Link", "Show, open or copy the link of the form, or draw it as a QR code."),
    _for_account("checklist.changes", "", "What changed", "Show what changed in a source of this step."),
    _for_account("checklist.checked", "", "Checked", "Write down that you checked it and leave it as it is."),
    _for_account(
        "checklist.moved",
        "",
        "Moved",
        "Write down that Meta made a Meta Account of it, or of all accounts linked with it.",
    ),
    _for_account("checklist.edit", "", "Change account", "Change the account's name, e-mail address or link."),
    _for_account("checklist.remove", "", "Take out", "Take the account out of the record. Undo brings it back."),
    Command("checklist.overview", "", "All accounts", "All in one table: what covers each, and which are not covered."),
    Command(
        "checklist.no-login",
        "",
        "Cannot log in",
        "Forgotten, hacked, locked or deleted accounts: what you can still do.",
    ),
    Command("checklist.ways", "", "Other ways", "Write down an earlier objection; or begin with Meta's download."),
    Command("checklist.guidance", "", "Guidance", "How current the guidance is, and whether its sources changed."),
    Command("welcome.next", "enter", "Next", "Take this answer and go on to the next question.", 5),
    Command("welcome.skip", "escape", "Skip", "Skip this question; what is typed or ticked is kept.", 20),
    Command("welcome.finish", "f2", "Finish", "Take what is filled in and go on.", 10),
    Command("welcome.other", "f4,ctrl+o", "Other ways", "Begin in another way; what is filled in is kept.", 6),
    Command("account.save", "enter,f2", "Save", "Save the account.", 1),
    Command("earlier.next", "enter", "Next", "Go on to the next field; from the last one, record.", 5),
    Command(
        "earlier.mail",
        "f5,ctrl+t",
        "From a mail",
        "Read a mail that you saved as a file, and fill the form from it.",
        12,
    ),
    Command("earlier.save", "f2,ctrl+s", "Record", "Write down the objection and what came back.", 10),
    Command(
        "identify.complete",
        "enter",
        "These are all",
        "Take what is ticked, and say that you have no other accounts.",
        1,
    ),
    Command(
        "identify.link", "l", "Linked elsewhere", "Say that the highlighted account is linked in another group.", 5
    ),
    Command("identify.add", "a", "Add", "Add an account that is missing.", 2),
    Command("identify.download", "i", "Download", "Take the accounts from what Meta gave you as a file.", 3),
    Command("open.go", "enter", "Go on", "Ask your browser to open the form, then say that it is in front of you.", 1),
    Command("open.browser", "o", "Open", "Ask your browser to open the highlighted form.", 3),
    Command("open.copy", "c", "Copy", "Copy the link.", 4),
    Command("open.show", "v", "QR and link", "Show the link in full and as a QR code for your phone.", 5),
    Command("open.there", "f", "Form is there", "Say that the form is in front of you.", 2),
    Command("link.browser", "o", "Open", "Ask your browser to open the link.", 1),
    Command("link.copy", "c", "Copy", "Copy the link.", 2),
    Command("submit.use", "enter", "Use row", "Copy the highlighted row, or choose what stands in it.", 1),
    Command("submit.sent", "p,f2", "I pressed Send", "Write down that you sent the form, and when.", 2),
    Command("submit.copy", "c", "Copy", "Copy what stands in the highlighted row.", 3),
    *(
        Command(f"submit.copy-{row}", f"{row}", f"Copy {row}", f"Copy what stands in row {row}.")
        for row in range(1, 10)
    ),
    Command("submit.email", "m", "E-mail", "Choose the e-mail address for the form.", 7),
    Command("submit.reason", "r", "Reason", "Write a reason, or have one made from what you tick.", 4),
    Command("submit.show", "v", "QR and link", "Show the link of the form in full and as a QR code.", 5),
    Command("submit.browser", "o", "Open", "Ask your browser to open the form again.", 6),
    Command("reason.done", "f2,escape", "Done", "Go back; the reason is kept as it stands.", 1),
    Command("reason.write", "tab", "Write", "Go between what you tick and the text itself.", 2),
    Command("reason.language", "f3", "Language", "Take the next language for the sentences.", 3),
    Command("reason.compose", "f4", "Make anew", "Make the text again from what is ticked.", 4),
    Command("reason.clear", "f8", "Empty", "Empty the reason. It is optional.", 5),
    Command("reason.undo", "f9", "Give back", "Give back what was emptied or made anew last.", 6),
    Command("confirm.save", "enter,f2", "Record", "Write down what came, with its date.", 1),
    Command("confirm.periods", "f3", "Periods", "The legal periods, and how each was worked out.", 2),
    Command("confirm.letters", "f4", "Letters", "Letters that fit how this account stands.", 3),
    Command("confirm.mail", "f5", "From a mail", "Read a mail that you saved as a file, and fill the form from it.", 4),
    Command("periods.arrived", "a", "Arrived", "Write down when a posted letter arrived, from which day it counts.", 3),
    Command("letters.write", "enter", "Open", "Open the highlighted letter to change, copy or send it.", 1),
    Command("letters.authority", "a", "Authority", "The authority that takes your complaint.", 2),
    Command("letters.browser", "o", "Where to send", "Ask your browser to open Meta's contact for this letter.", 3),
    Command("letter.sent", "f2", "I sent it", "Write down that you sent it, and when.", 1),
    Command("letter.language", "f3", "Language", "Choose another language; what you changed is kept.", 5),
    Command("letter.copy", "f4", "Copy", "Copy subject and text; of a message to people the text alone.", 2),
    Command(
        "letter.save", "f5,ctrl+s", "Save, print", "Save it as a page to print and as a text, where case files go.", 3
    ),
    Command("letter.folder", "alt+f", "Open folder", "Show the letter that you saved in your file manager."),
    Command("letter.mail", "ctrl+o", "Mail", "Hand it to your mail program; the address is left to you.", 4),
    Command("letter.browser", "alt+o", "Where to send", "Ask your browser to open Meta's contact for this letter.", 4),
    Command("letter.next-gap", "ctrl+n", "Next gap", "Select the next thing that is missing.", 6),
    Command(
        "letter.discard",
        "f8",
        "Discard",
        "Put the letter back as the diary fills it; once more gives back what you wrote.",
    ),
    Command("letter.authority", "f9", "Authority", "The authority that takes your complaint.", 7),
    Command("letter.english", "ctrl+t", "English", "Show the letter in English, or as it was again.", 8),
    Command("letter.with-english", "ctrl+r", "Add English", "Send the English below it too, or leave it out again.", 9),
    Command("authority.browser", "enter,o", "Open", "Ask your browser to open the highlighted page.", 1),
    Command("authority.copy", "c", "Copy", "Copy the address of the page.", 2),
    Command("authority.show", "v", "QR and link", "Show the address in full and as a QR code for your phone.", 3),
    Command("authority.complained", "r", "I complained", "Write down that you complained to it, how and when.", 4),
    Command("authority.land", "l", "Land", "Choose the Land you live in, in Germany.", 5),
    Command("review.choose", "enter,space", "Answer", "Choose an answer for the highlighted point.", 1),
    Command(
        "review.scan", "f", "Scan chats", "Look in exported WhatsApp chats, on this machine, for what Meta AI got.", 2
    ),
    Command("review.privacy", "a", "Privacy", "Advanced Chat Privacy, chat by chat; chats are added by hand.", 3),
    Command("review.yes", "y", "Yes", "Answer yes.", 4),
    Command("review.no", "n", "No", "Answer no.", 5),
    Command("review.done", "d", "Done", "Say that it is done.", 6),
    Command("review.not-for-me", "x", "Not for me", "Say that the point is not for you.", 7),
    Command("review.not-known", "i", "I don't know", "Say that you do not know the answer.", 8),
    Command("chats.scan", "f2", "Scan", "Scan what is chosen.", 3),
    Command("scan.stop", "escape,x", "Stop", "Stop; what was read to its end is shown.", 1),
    Command("download.read", "f2", "Read", "Read what is chosen.", 3),
    Command(
        "download.asked", "f9,ctrl+t", "I asked for it", "Write down that you asked Meta, to be reminded to look.", 7
    ),
    Command("download.how", "f5", "How to ask", "How to ask Meta for the download, step by step.", 8),
    Command("download-reading.stop", "escape,x", "Stop", "Stop; what was read to its end is shown.", 1),
    Command("download-found.mine", "m", "It is mine", "Say that a download which has nothing in common is yours.", 1),
    Command("download-found.take", "enter,f2", "Take ticked", "Take what is ticked into the record, as one change.", 2),
    Command("download-found.exposure", "v", "Exposure", "What Meta may have from you, in numbers and by year.", 3),
    Command("download-found.again", "n", "Other files", "Choose other files of the download.", 4),
    Command("exposure.record", "r", "Record", "Write counts, dates and file names into the diary; no text.", 4),
    Command("chats-found.who", "enter,i", "Your name", "Say which sender of the highlighted chat you are.", 1),
    Command("chats-found.record", "r", "Record", "Write the counts, dates and file names into the diary; no text.", 2),
    Command("chats-found.points", "p", "Points", "Answer points of the review with this, asked one by one.", 3),
    Command("chats-found.messages", "v", "Show", "Read the messages in the highlighted chat again and show them.", 4),
    Command("chats-found.privacy", "a", "Privacy", "Advanced Chat Privacy, chat by chat.", 5),
    Command("chats-found.link", "l", "Link", "Say how this WhatsApp account is linked.", 6),
    Command("chats-found.again", "n", "Next chat", "Choose the next chats to scan; they add to these.", 7),
    Command("chat-privacy.switch", "enter,space", "On or off", "Say whether it is on, off or not known there.", 1),
    Command("chat-privacy.admin", "m", "Admin", "Say who is admin of the highlighted chat.", 2),
    Command("chat-privacy.copy", "c", "Copy message", "Copy a message that asks for it, to send it to the admin.", 3),
    Command("chat-privacy.add", "a", "Add chat", "Add a chat by its name.", 4),
    Command("chat-privacy.drop", "x,delete", "Take out", "Take the highlighted chat out of the list.", 6),
    Command("chat-privacy.note", "n", "Note it", "Write the list into the diary, as a note.", 5),
    Command("note.save", "f2,ctrl+s", "Save note", "Save the note.", 1),
    Command(
        "diary.correct", "enter", "Correct", "Correct the date, the note or the reference of the highlighted entry.", 1
    ),
    Command("diary.arrived", "r", "Arrived", "Write down when the highlighted letter arrived by post.", 5),
    Command("diary.attach", "a", "Attach", "Keep a copy of a file as proof of the highlighted entry.", 3),
    Command("diary.open", "o", "Open file", "Open the file that is kept for the highlighted entry.", 4),
    Command("overview.go", "enter", "Go there", "Go to the highlighted account and its next step in the checklist.", 1),
    Command("overview.all", "a", "All", "Show every account.", 6),
    Command("overview.due", "d", "Due now", "Show only the accounts for which something is due now.", 3),
    Command("overview.waiting", "w", "Waiting", "Show only the accounts that wait for an answer.", 4),
    Command("overview.holes", "h", "Not covered", "Show only the accounts that are not, or not surely, covered.", 5),
    Command("overview.timeline", "t", "Timeline", "Every entry of every account, in the order things happened.", 2),
    Command("timeline.open", "enter", "Diary", "Open the diary of the account at the highlighted entry.", 1),
    Command("export.write", "enter,f2", "Write", "Write the files into the folder; what is there stays as it is.", 1),
    Command("attach.take", "enter,f2", "Use this", "Take this file.", 1),
    Command("attach.complete", "tab", "Complete", "Complete the path as far as there is no choice.", 2),
    Command("guidance.read", "enter", "Read", "Read the highlighted page as it was last fetched.", 1),
    Command("guidance.look", "r", "Check now", "Ask the watched pages whether they changed.", 2),
    Command("guidance.changes", "d", "Changes", "Show what changed in the highlighted page since you read it.", 3),
    Command("guidance.mark-read", "m", "Mark read", "Say that you have read the highlighted page as it is now.", 4),
    Command("guidance.browser", "o", "Open", "Ask your browser to open the highlighted page."),
    Command("guidance.weekly", "w", "Weekly", "Switch the weekly check on or off.", 5),
    Command("guidance.meta-pages", "M", "Meta's pages", "Check pages on Meta's own hosts too, or no longer.", 6),
    Command("guidance.edition", "e", "New guidance", "See what the guidance that the feed offers would change."),
    Command("guidance.own", "B", "Own guidance", "Go back from a feed's guidance to the program's own."),
    Command("page.changes", "d", "Changes", "Turn between the text and what changed in it.", 1),
    Command("page.mark-read", "m", "Mark read", "Say that you have read the page as it is now.", 2),
    Command("page.next-heading", "n,right_square_bracket", "Next heading", "Go to the next heading or change.", 3),
    Command("page.last-heading", "p,left_square_bracket", "Back", "Go to the heading or change before.", 6),
    Command("page.links", "l", "Links", "List the links of the page.", 4),
    Command("page.browser", "o", "Open", "Ask your browser to open the page.", 5),
    Command("page-links.browser", "enter,o", "Open", "Ask your browser to open the highlighted link.", 1),
    Command("page-links.copy", "c", "Copy", "Copy the highlighted link.", 2),
    Command("hosts.agree", "enter", "Check now", "Let the program contact these hosts, now and when you ask again.", 1),
    Command("sources.browser", "enter,o", "Open", "Ask your browser to open the page of the highlighted source.", 1),
    Command("sources.copy", "c", "Copy", "Copy the address of the page.", 2),
    Command("sources.show", "v", "QR and link", "Show the address in full and as a QR code for your phone.", 3),
    Command("manual.next", "n", "Next chapter", "Go on to the next chapter.", 1),
    Command("manual.find", "f", "Find", "Find words in the manual, or choose a chapter or a heading.", 2),
    Command("manual.last", "p", "Chapter before", "Go back to the chapter before.", 4),
    Command("manual.next-heading", "right_square_bracket", "Next heading", "Go to the next heading."),
    Command("manual.last-heading", "left_square_bracket", "Heading before", "Go to the heading before."),
    Command("manual-find.go", "enter", "Go there", "Go to the highlighted place in the manual.", 1),
    Command("help.manual", "m", "Manual", "Read the manual, at the chapter about the screen you came from.", 2),
    Command("topic.browser", "enter,o", "Open", "Ask your browser to open the highlighted link.", 2),
    Command("topic.copy", "c", "Copy", "Copy the link.", 3),
    Command("topic.show", "v", "QR and link", "Show the link in full and as a QR code for your phone.", 4),
    Command("topic.next", "n", "Next topic", "Go on to the next topic.", 1),
    Command("topic.last", "p", "Topic before", "Go back to the topic before.", 6),
    Command("edition.accept", "a,f2", "Accept", "Use this guidance from now on; it can be left again.", 1),
    Command("edition.refuse", "x", "Refuse", "Leave it; this edition is not offered again.", 2),
    Command("edition.next", "n", "Next change", "Go to the next change.", 3),
    Command("edition.last", "p", "Back", "Go to the change before.", 4),
    Command(
        "kept.choose", "enter", "Bring back", "Bring back the highlighted version, or join the highlighted copy.", 1
    ),
    Command("kept.backup", "z", "Backup", "Write one zip of the record, the kept files and the letters.", 3),
    Command("kept.delete", "d", "Delete one", "Delete the highlighted version, after a question.", 5),
    Command("kept.open", "o", "Open folder", "Show the highlighted files in your file manager.", 6),
    Command("kept.purge", "delete,X", "Delete all", "List every file that the program made here, and ask.", 4),
    Command("helper.save", "enter,f2", "Write down", "Write into the diary who was authorised, how and when.", 1),
    Command("people.choose", "enter", "Open", "Open the highlighted record, and close the one that is open.", 1),
    Command("people.add", "a", "Add", "Begin a record for one person more.", 2),
    Command("people.rename", "n", "Another name", "Give the highlighted record another name.", 3),
    Command("people.take", "t", "Take in", "Take in the record of a folder that you used with --data-dir.", 4),
    Command("person.save", "enter,f2", "Take", "Take the name as it stands.", 1),
    Command(
        "purge.delete",
        "enter",
        "Answer",
        "Delete all of it once the word that is asked for is typed, and leave the program.",
        1,
    ),
    Command("kept.join", "m", "Join a file", "Join the record of another computer, a backup, or any other copy.", 2),
    Command("different.copy", "f4", "Copy", "Copy the report.", 1),
    Command("different.save", "f5,ctrl+s", "Save", "Save the report as a file, never over another one.", 2),
    Command("rehearsal.go-on", "ctrl+g", "Let time pass", "Let time pass, or let Meta answer.", 21),
    Command("rehearsal.day", "", "A day later", "Let a day pass."),
    Command("rehearsal.days", "", "Three days later", "Let three days pass."),
    Command("rehearsal.month", "", "A month later", "Let a month pass."),
    Command("rehearsal.confirms", "", "Meta confirms", "Let a mail come that confirms the objection."),
    Command("rehearsal.asks", "", "Meta asks", "Let a mail come that asks for more."),
    Command("rehearsal.refuses", "", "Meta refuses", "Let a mail come that refuses the objection."),
    Command("ask.answer", "enter", "Use this", "Take the highlighted or typed answer.", 1),
    Command("whose.choose", "enter", "Open", "Open the highlighted record.", 1),
    Command("whose.quit", "q,escape", "Leave", "Leave; no record is opened.", 2),
    Command("trouble.choose", "enter", "Choose", "Do what the highlighted row says.", 1),
    Command("trouble.quit", "q,escape", "Leave", "Leave; the file stays as it is.", 2),
)
"""The commands of one screen only. They come first on it, then the shared ones."""
