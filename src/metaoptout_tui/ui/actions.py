"""Every action of the program, declared once: footer, help, palette, the user's key table and `keys` follow from it.

This module imports no Textual, so that the command line can list the keys.
"""

from typing import NamedTuple


class Action(NamedTuple):
    """One thing a key does on one screen.

    `id` is what the user's key table names; the method is `action_NAME` with NAME the part after the last dot.
    `footer` orders the keys at the foot, 0 leaves one out. `keys` are Textual's names, separated by commas.
    """

    id: str
    keys: str
    title: str
    help: str
    footer: int = 0
    priority: bool = False

    @property
    def moves(self) -> bool:
        """Whether it only moves about, which is of no use in the palette."""
        return self.name in _MOVES

    @property
    def place(self) -> str:
        """The screen it belongs to."""
        return self.id.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The name of the method, without `action_`."""
        return self.id.rpartition(".")[2].replace("-", "_")

    @property
    def call(self) -> str:
        """The method as Textual calls it: a number at the end of the name is its argument, `copy-2` calls `copy_row(2)`."""
        stem, _, number = self.name.rpartition("_")
        return f"{stem}_row({number})" if number.isdecimal() else self.name


_MOVES = frozenset({"up", "down", "page_up", "page_down", "other_pane", "palette", "write"})

ACTIONS: tuple[Action, ...] = (
    Action("everywhere.help", "question_mark,f1", "Help", "Show every key that works here.", 90),
    Action("everywhere.palette", "ctrl+p", "Palette", "Find an action or a theme by its name."),
    Action("everywhere.leave", "ctrl+q,ctrl+c", "Leave", "Leave the program. Everything is saved already.", 0, True),
    # Checklist
    Action("checklist.do", "enter", "Do it", "Do the highlighted step, or go to the steps of the account.", 1),
    Action("checklist.tick", "space", "Tick", "Tick the highlighted step, or take its tick back.", 2),
    Action("checklist.next", "g", "Next thing", "Go to the next thing to do, whichever account it is in.", 3),
    Action("checklist.add", "a", "Add", "Add an account.", 4),
    Action("checklist.edit", "e", "Edit", "Change the account's name, e-mail address or link."),
    Action("checklist.remove", "delete,X", "Remove", "Take the account out of the record. Undo brings it back."),
    Action("checklist.note", "n", "Note", "Write a note to the highlighted step.", 5),
    Action("checklist.diary", "d", "Diary", "All entries of the account, to read them and to correct their dates.", 6),
    Action("checklist.periods", "t", "Periods", "The legal periods of the account, and how each was worked out."),
    Action(
        "checklist.letters", "m", "Letters", "Reminder, question, complaint and other letters, filled from the diary."
    ),
    Action("checklist.link", "o", "Link", "Show, open or copy the link of the form, or draw it as a QR code."),
    Action("checklist.went-wrong", "w", "Went wrong", "What may go wrong with this step, and what helped others.", 7),
    Action("checklist.sources", "s", "Sources", "Where what is said here comes from, with dates, to open or copy."),
    Action("checklist.guidance", "r", "Guidance", "How current the guidance is, and whether its sources changed."),
    Action("checklist.changes", "c", "What changed", "Show what changed in a source of this step."),
    Action(
        "checklist.overview", "v", "Overview", "All accounts in one table: what covers each, and where there is a hole."
    ),
    Action(
        "checklist.moved",
        "M",
        "Moved",
        "Write down that Meta moved the account, or all linked with it, to Meta Account.",
    ),
    Action(
        "checklist.checked", "C", "Checked", "Write down that you looked at the objection again and leave it as it is."
    ),
    Action("checklist.export", "E", "Case file", "Write the case file, to print it or hand it over."),
    Action("checklist.skip", "x", "Skip", "Leave the highlighted step out."),
    Action("checklist.undo", "u", "Undo", "Take back the last change.", 8),
    Action("checklist.redo", "U,ctrl+r", "Redo", "Make the change again that was taken back."),
    Action("checklist.you", "y", "You", "Change your country, your e-mail address and the language of menu labels."),
    Action("checklist.other-pane", "h,l,left,right", "Other side", "Go between the accounts and their steps."),
    Action("checklist.up", "k", "Up", "Go up in a list."),
    Action("checklist.down", "j", "Down", "Go down in a list."),
    Action("checklist.page-down", "pagedown,ctrl+d", "Read on", "Scroll the guide down."),
    Action("checklist.page-up", "pageup,ctrl+u", "Read back", "Scroll the guide up."),
    Action("checklist.quit", "q", "Leave", "Leave the program. Everything is saved already.", 91),
    # Welcome and your details
    Action("welcome.next", "enter", "Next", "Take this answer and go on to the next question.", 5),
    Action("welcome.skip", "escape", "Skip", "Go on without answering; all of it can be said later.", 20),
    Action("welcome.finish", "f2", "Finish", "Take what is filled in and go on.", 10),
    Action(
        "welcome.discard",
        "f8",
        "Discard",
        "Put the fields back as they were before anything was typed; once more gives it back.",
    ),
    # Account
    Action("account.save", "enter,f2", "Save", "Save the account.", 1),
    Action(
        "account.discard",
        "f8",
        "Discard",
        "Put the fields back as they were before anything was typed; once more gives it back.",
    ),
    Action("account.back", "escape", "Back", "Go back; what you typed is kept for the next time.", 20),
    # Identify
    Action("identify.complete", "enter", "List is complete", "Say that the list of your accounts is complete.", 1),
    Action("identify.link", "space", "Linked?", "Say whether the highlighted account is linked, and where.", 2),
    Action("identify.add", "a", "Add", "Add an account that is missing.", 3),
    Action("identify.undo", "u", "Undo", "Take back the last change.", 4),
    Action("identify.up", "k", "Up", "Go up in the list."),
    Action("identify.down", "j", "Down", "Go down in the list."),
    Action("identify.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Action("identify.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("identify.back", "escape,b", "Back", "Go back to the checklist.", 20),
    # Open
    Action("open.go", "enter", "Go on", "Ask your browser to open the form, then say that it is in front of you.", 1),
    Action("open.browser", "o", "Open", "Ask your browser to open the highlighted form.", 2),
    Action("open.copy", "c", "Copy", "Copy the link.", 3),
    Action("open.show", "v", "QR and link", "Show the link in full and as a QR code for your phone.", 4),
    Action("open.there", "f", "Form is there", "Say that the form is in front of you.", 5),
    Action("open.up", "k", "Up", "Go up in the list of forms."),
    Action("open.down", "j", "Down", "Go down in the list of forms."),
    Action("open.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Action("open.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("open.back", "escape,b", "Back", "Go back to the checklist.", 20),
    # Link
    Action("link.browser", "o", "Open", "Ask your browser to open the link.", 1),
    Action("link.copy", "c", "Copy", "Copy the link.", 2),
    Action("link.back", "escape,b,enter,q", "Back", "Go back.", 20),
    # Submit
    Action("submit.use", "enter", "Do it", "Do what the highlighted row says.", 1),
    Action("submit.sent", "s", "I pressed Send", "Write down that you sent the form, and when.", 2),
    Action("submit.copy", "c", "Copy", "Copy what stands in the highlighted row.", 3),
    *(Action(f"submit.copy-{row}", str(row), f"Copy {row}", f"Copy what stands in row {row}.") for row in range(1, 10)),
    Action("submit.email", "m", "E-mail", "Choose the e-mail address for the form."),
    Action("submit.reason", "r", "Reason", "Write a reason, or have one made from what you tick.", 4),
    Action("submit.show", "v", "QR and link", "Show the link of the form in full and as a QR code.", 5),
    Action("submit.browser", "o", "Open", "Ask your browser to open the form again.", 6),
    Action("submit.up", "k", "Up", "Go up in the list."),
    Action("submit.down", "j", "Down", "Go down in the list."),
    Action("submit.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Action("submit.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("submit.back", "escape,b", "Back", "Go back; what you chose and wrote is kept.", 20),
    # Reason
    Action("reason.done", "f2,escape", "Done", "Go back; the reason is kept as it stands.", 1),
    Action("reason.write", "tab", "Write", "Go between what you tick and the text itself.", 2),
    Action("reason.language", "f3", "Language", "Take the next language for the sentences.", 3),
    Action("reason.compose", "f4", "Make anew", "Make the text again from what is ticked.", 4),
    Action("reason.clear", "f8", "Empty", "Empty the reason. It is optional.", 5),
    # Confirm
    Action("confirm.save", "enter,f2", "Record", "Write down what came, with its date.", 1),
    Action("confirm.periods", "f3", "Periods", "The legal periods, and how each was worked out.", 2),
    Action("confirm.letters", "f4", "Letters", "Letters that fit how this account stands.", 3),
    Action("confirm.mail", "f5", "From a mail", "Read a mail that you saved as a file, and fill the form from it.", 4),
    Action(
        "confirm.discard",
        "f8",
        "Discard",
        "Put the fields back as they were before anything was typed; once more gives it back.",
    ),
    Action("confirm.page-down", "pagedown", "Read on", "Scroll the meaning of the answer down."),
    Action("confirm.page-up", "pageup", "Read back", "Scroll the meaning of the answer up."),
    Action("confirm.back", "escape", "Back", "Go back by one question; what you typed is kept.", 20),
    # Legal periods
    Action("periods.arrived", "a", "Arrived", "Write down when a posted letter arrived, from which day it counts.", 3),
    Action("periods.you", "y", "You", "Change your country, your e-mail address and the language of menu labels."),
    Action("periods.up", "k", "Up", "Go up in the list."),
    Action("periods.down", "j", "Down", "Go down in the list."),
    Action("periods.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the working down.", 1),
    Action("periods.page-up", "pageup,ctrl+u", "Read back", "Scroll the working up.", 2),
    Action("periods.back", "escape,b,t", "Back", "Go back.", 20),
    # Letters
    Action("letters.write", "enter", "Open", "Open the highlighted letter to change, copy or send it.", 1),
    Action("letters.authority", "a", "Authority", "The authority that takes your complaint.", 2),
    Action("letters.you", "y", "You", "Change your country, your e-mail address and the language of menu labels."),
    Action("letters.up", "k", "Up", "Go up in the list."),
    Action("letters.down", "j", "Down", "Go down in the list."),
    Action("letters.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the letter down.", 3),
    Action("letters.page-up", "pageup,ctrl+u", "Read back", "Scroll the letter up."),
    Action("letters.back", "escape,b,m", "Back", "Go back.", 20),
    # Letter
    Action("letter.sent", "f2", "I sent it", "Write down that you sent it, and when.", 1),
    Action("letter.language", "f3", "Language", "Take the next language; what you changed is kept.", 4),
    Action("letter.copy", "f4", "Copy", "Copy subject and text; of a message to people the text alone.", 2),
    Action("letter.save", "f5,ctrl+s", "Save", "Save it as a text beside your record, never over another one.", 6),
    Action("letter.mail", "ctrl+o", "Mail", "Hand it to your mail program; the address is left to you.", 3),
    Action("letter.next-gap", "ctrl+n", "Next gap", "Select the next thing that is missing.", 5),
    Action(
        "letter.discard",
        "f8",
        "Discard",
        "Put the letter back as the diary fills it; once more gives back what you wrote.",
    ),
    Action("letter.authority", "f9", "Authority", "The authority that takes your complaint.", 7),
    Action("letter.english", "ctrl+t", "English", "Show the letter in English, or as it was again.", 8),
    Action("letter.back", "escape", "Back", "Go back; what you changed is kept.", 20),
    # Authority
    Action("authority.browser", "enter,o", "Open", "Ask your browser to open the highlighted page.", 1),
    Action("authority.copy", "c", "Copy", "Copy the address of the page.", 2),
    Action("authority.show", "v", "QR and link", "Show the address in full and as a QR code for your phone.", 3),
    Action("authority.complained", "s", "I complained", "Write down that you complained to it, how and when.", 4),
    Action("authority.land", "l", "Land", "Choose the Land you live in, in Germany."),
    Action("authority.you", "y", "You", "Change your country, your e-mail address and the language of menu labels."),
    Action("authority.up", "k", "Up", "Go up in the list."),
    Action("authority.down", "j", "Down", "Go down in the list."),
    Action("authority.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Action("authority.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("authority.back", "escape,b", "Back", "Go back.", 20),
    # Review
    Action("review.choose", "enter,space", "Answer", "Choose an answer for the highlighted point.", 1),
    Action(
        "review.scan", "s", "Scan chats", "Look in exported WhatsApp chats, on this machine, for what Meta AI got.", 2
    ),
    Action("review.privacy", "a", "Privacy", "Advanced Chat Privacy, chat by chat; chats are added by hand.", 3),
    Action("review.yes", "y", "Yes", "Answer yes.", 4),
    Action("review.no", "n", "No", "Answer no.", 5),
    Action("review.done", "d", "Done", "Say that it is done.", 6),
    Action("review.not-for-me", "x", "Not for me", "Say that the point is not for you.", 7),
    Action("review.sources", "S", "Sources", "Where what is said here comes from, with dates, to open or copy.", 9),
    Action("review.undo", "u", "Undo", "Take back the last answer.", 8),
    Action("review.up", "k", "Up", "Go up in the list."),
    Action("review.down", "j", "Down", "Go down in the list."),
    Action("review.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Action("review.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("review.back", "escape,b", "Back", "Go back to the checklist.", 20),
    # Scan chats
    Action("chats.take", "enter", "Take it", "Add what is typed; with the field empty, scan what is chosen.", 1),
    Action("chats.complete", "tab", "Complete", "Complete the path, or go on to the folders below.", 2),
    Action("chats.scan", "f2", "Scan", "Scan what is chosen.", 3),
    Action("chats.add", "f3", "Add", "Add the highlighted folder or file.", 5),
    Action("chats.drop", "f8", "Take out", "Take the path that was added last out again.", 6),
    Action("chats.folders", "f4", "Folders", "Go to the folders below, and from there back to the field.", 4),
    Action("chats.back", "escape", "Back", "Go back; what you chose is kept.", 20),
    # Scan under way
    Action("scan.stop", "escape,x", "Stop", "Stop; what was read to its end is shown.", 1),
    Action("scan.back", "b,enter", "Walk on", "Go on with something else while the chats are read.", 20),
    # What a scan found
    Action("chats-found.who", "enter,i", "Your name", "Say which sender of the highlighted chat you are.", 1),
    Action("chats-found.record", "r", "Record", "Write the counts, dates and file names into the diary; no text.", 2),
    Action(
        "chats-found.points",
        "p",
        "Points",
        "Answer the points of the review that this answers, asked one by one.",
        3,
    ),
    Action("chats-found.messages", "v", "Show", "Read the messages in the highlighted chat again and show them.", 4),
    Action("chats-found.privacy", "a", "Privacy", "Advanced Chat Privacy, chat by chat.", 5),
    Action("chats-found.link", "l", "Link", "Say how this WhatsApp account is linked.", 6),
    Action("chats-found.again", "n", "Other chats", "Choose other chats to scan.", 7),
    Action(
        "chats-found.sources", "s", "Sources", "Where what is said here comes from, with dates, to open or copy.", 9
    ),
    Action("chats-found.undo", "u", "Undo", "Take back the last change.", 8),
    Action("chats-found.up", "k", "Up", "Go up in the list."),
    Action("chats-found.down", "j", "Down", "Go down in the list."),
    Action("chats-found.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Action("chats-found.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("chats-found.back", "escape,b", "Back", "Go back to the review.", 20),
    # Messages to Meta AI
    Action("messages.up", "k", "Up", "Scroll up by a line."),
    Action("messages.down", "j", "Down", "Scroll down by a line."),
    Action("messages.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the text down.", 1),
    Action("messages.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up.", 2),
    Action("messages.back", "escape,b", "Back", "Go back; the messages are not kept.", 20),
    # Chat privacy
    Action("chat-privacy.switch", "enter,space", "On or off", "Say whether it is on, off or not known in the chat.", 1),
    Action("chat-privacy.admin", "m", "Admin", "Say who is admin of the highlighted chat.", 2),
    Action("chat-privacy.copy", "c", "Copy message", "Copy a message that asks for it, to send it to the admin.", 3),
    Action("chat-privacy.add", "a", "Add chat", "Add a chat by its name.", 4),
    Action("chat-privacy.drop", "x,delete", "Take out", "Take the highlighted chat out of the list.", 6),
    Action("chat-privacy.note", "n", "Note it", "Write the list into the diary, as a note.", 5),
    Action(
        "chat-privacy.sources", "s", "Sources", "Where what is said here comes from, with dates, to open or copy.", 7
    ),
    Action("chat-privacy.undo", "u", "Undo", "Take back the last change of the record."),
    Action("chat-privacy.up", "k", "Up", "Go up in the list."),
    Action("chat-privacy.down", "j", "Down", "Go down in the list."),
    Action("chat-privacy.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Action("chat-privacy.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("chat-privacy.back", "escape,b", "Back", "Go back; the list is kept.", 20),
    # Note
    Action("note.save", "f2,ctrl+s", "Save note", "Save the note.", 1),
    Action(
        "note.discard",
        "f8",
        "Discard",
        "Put the fields back as they were before anything was typed; once more gives it back.",
    ),
    Action("note.back", "escape", "Back", "Go back; what you typed is kept for the next time.", 20),
    # Diary
    Action("diary.correct", "enter", "Correct date", "Correct when the highlighted entry happened.", 1),
    Action("diary.arrived", "r", "Arrived", "Write down when the highlighted letter arrived by post."),
    Action("diary.attach", "a", "Attach", "Keep a copy of a file as proof of the highlighted entry.", 3),
    Action("diary.undo", "u", "Undo", "Take back the last change.", 2),
    Action("diary.redo", "U,ctrl+r", "Redo", "Make the change again that was taken back."),
    Action("diary.up", "k", "Up", "Go up in the list."),
    Action("diary.down", "j", "Down", "Go down in the list."),
    Action("diary.back", "escape,b", "Back", "Go back to the checklist.", 20),
    # Overview
    Action("overview.go", "enter", "Go there", "Go to the highlighted account and its next step in the checklist.", 1),
    Action("overview.all", "a", "All", "Show every account.", 2),
    Action("overview.due", "d", "Due now", "Show only the accounts for which something is due now.", 3),
    Action("overview.waiting", "w", "Waiting", "Show only the accounts that wait for an answer.", 4),
    Action("overview.holes", "h", "Holes", "Show only the accounts that are not, or not surely, covered.", 5),
    Action("overview.timeline", "t", "Timeline", "Every entry of every account, in the order things happened.", 6),
    Action("overview.up", "k", "Up", "Go up in the list."),
    Action("overview.down", "j", "Down", "Go down in the list."),
    Action("overview.back", "escape,b,v", "Back", "Go back to the checklist.", 20),
    # Timeline
    Action("timeline.open", "enter", "Diary", "Open the diary of the account at the highlighted entry.", 1),
    Action("timeline.up", "k", "Up", "Go up in the list."),
    Action("timeline.down", "j", "Down", "Go down in the list."),
    Action("timeline.back", "escape,b,t", "Back", "Go back to the overview.", 20),
    # Case file
    Action("export.write", "enter,f2", "Write", "Write the files into the folder; what is there stays as it is.", 1),
    Action("export.back", "escape", "Back", "Go back; nothing is written.", 20),
    # A file
    Action("attach.take", "enter,f2", "Take it", "Take this file.", 1),
    Action("attach.complete", "tab", "Complete", "Complete the path as far as there is no choice.", 2),
    Action("attach.back", "escape", "Back", "Go back without a file; what you typed is kept.", 20),
    # Guidance
    Action("guidance.read", "enter", "Read", "Read the highlighted page as it was last fetched.", 1),
    Action("guidance.look", "r", "Look now", "Ask the watched pages whether they changed.", 2),
    Action("guidance.changes", "c", "Changes", "Show what changed in the highlighted page since you read it.", 3),
    Action("guidance.mark-read", "m", "Mark read", "Say that you have read the highlighted page as it is now.", 4),
    Action("guidance.browser", "o", "Open", "Ask your browser to open the highlighted page."),
    Action("guidance.weekly", "w", "Weekly", "Switch the weekly look on or off.", 5),
    Action("guidance.meta-pages", "M", "Meta's pages", "Look at pages on Meta's own hosts too, or no longer.", 6),
    Action("guidance.edition", "e", "New guidance", "See what the guidance that the feed offers would change."),
    Action("guidance.own", "B", "Own guidance", "Go back from a feed's guidance to the program's own."),
    Action("guidance.up", "k", "Up", "Go up in the list."),
    Action("guidance.down", "j", "Down", "Go down in the list."),
    Action("guidance.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Action("guidance.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("guidance.back", "escape,b", "Back", "Stop the look under way, or go back to the checklist.", 20),
    # Page
    Action("page.changes", "c", "Changes", "Turn between the text and what changed in it.", 1),
    Action("page.mark-read", "m", "Mark read", "Say that you have read the page as it is now.", 2),
    Action("page.next-heading", "n,right_square_bracket", "Next heading", "Go to the next heading or change.", 3),
    Action("page.last-heading", "p,left_square_bracket", "Back", "Go to the heading or change before."),
    Action("page.links", "l", "Links", "List the links of the page.", 4),
    Action("page.browser", "o", "Open", "Ask your browser to open the page.", 5),
    Action("page.up", "k", "Up", "Scroll up by a line."),
    Action("page.down", "j", "Down", "Scroll down by a line."),
    Action("page.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the text down."),
    Action("page.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("page.back", "escape,b", "Back", "Go back.", 20),
    # Links of a page
    Action("page-links.browser", "enter,o", "Open", "Ask your browser to open the highlighted link.", 1),
    Action("page-links.copy", "c", "Copy", "Copy the highlighted link.", 2),
    Action("page-links.up", "k", "Up", "Go up in the list."),
    Action("page-links.down", "j", "Down", "Go down in the list."),
    Action("page-links.back", "escape,b", "Back", "Go back to the page.", 20),
    # Before the first look
    Action("hosts.agree", "enter", "Look now", "Let the program contact these hosts, now and when you ask again.", 1),
    Action("hosts.page-down", "pagedown,ctrl+d,j", "Read on", "Scroll the text down."),
    Action("hosts.page-up", "pageup,ctrl+u,k", "Read back", "Scroll the text up."),
    Action("hosts.back", "escape,b", "Not now", "Go back; nothing is contacted.", 20),
    # Sources
    Action("sources.browser", "enter,o", "Open", "Ask your browser to open the page of the highlighted source.", 1),
    Action("sources.copy", "c", "Copy", "Copy the address of the page.", 2),
    Action("sources.show", "v", "QR and link", "Show the address in full and as a QR code for your phone.", 3),
    Action("sources.up", "k", "Up", "Go up in the list."),
    Action("sources.down", "j", "Down", "Go down in the list."),
    Action("sources.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Action("sources.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("sources.back", "escape,b,s", "Back", "Go back.", 20),
    # New guidance
    Action("edition.accept", "a,f2", "Accept", "Use this guidance from now on; it can be left again.", 1),
    Action("edition.refuse", "x", "Refuse", "Leave it; this edition is not offered again.", 2),
    Action("edition.next", "n", "Next change", "Go to the next change.", 3),
    Action("edition.last", "p", "Back", "Go to the change before."),
    Action("edition.up", "k", "Up", "Scroll up by a line."),
    Action("edition.down", "j", "Down", "Scroll down by a line."),
    Action("edition.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the text down."),
    Action("edition.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Action("edition.back", "escape,b", "Later", "Go back and decide later; nothing is changed.", 20),
    # Questions
    Action("ask.answer", "enter", "Take it", "Take the highlighted or typed answer.", 1),
    Action("ask.discard", "f8", "Discard", "Put the fields back as they were before anything was typed."),
    Action("ask.back", "escape", "Back", "Go back without an answer.", 20),
    # Help
    Action("help.back", "escape,b,q,question_mark,f1", "Back", "Go back.", 1),
    # Trouble
    Action("trouble.choose", "enter", "Take it", "Do what the highlighted row says.", 1),
    Action("trouble.quit", "q,escape", "Leave", "Leave; the file stays as it is.", 2),
)
"""Everything a key can do, in the order the help shows it."""


def actions_of(place: str) -> tuple[Action, ...]:
    """The actions of one screen."""
    return tuple(action for action in ACTIONS if action.place == place)


def action_by_id(id: str) -> Action | None:
    """One action by its id."""
    return next((action for action in ACTIONS if action.id == id), None)
