"""Every command a key can run, declared once, and the titles of the screens they belong to.

Footer, help, command palette, the user's key table and the `keys` command follow from these declarations. Imports no
Textual, so that the command line can list them.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Command(NamedTuple):
    """One thing a key does on one screen.

    `id` is what the user's key table names; the method is `action_NAME` with NAME the part after the last dot.
    `footer` orders the keys at the foot, 0 leaves one out. `keys` are Textual's names, separated by commas.
    """

    id: str
    keys: str
    title: str
    help: str
    footer_order: int = 0
    priority: bool = False

    @property
    def is_navigation(self) -> bool:
        """Whether it only moves about, which is of no use in the palette."""
        return self.action_name in _NAVIGATION_NAMES

    @property
    def screen_id(self) -> str:
        """The screen it belongs to."""
        return self.id.rpartition(".")[0]

    @property
    def action_name(self) -> str:
        """The name of the method, without `action_`."""
        return self.id.rpartition(".")[2].replace("-", "_")

    @property
    def textual_action(self) -> str:
        """The method as Textual calls it: a number at the end of the name is its argument, `copy-2` calls `copy_row(2)`."""
        stem, _, number = self.action_name.rpartition("_")
        return f"{stem}_row({number})" if number.isdecimal() else self.action_name


_NAVIGATION_NAMES = frozenset({"up", "down", "page_up", "page_down", "other_pane", "palette", "write"})

COMMANDS: tuple[Command, ...] = (
    Command("everywhere.help", "question_mark,f1", "Help", "Show every key that works here.", 90),
    Command("everywhere.palette", "ctrl+p", "Palette", "Find an action or a theme by its name."),
    Command("everywhere.leave", "ctrl+q,ctrl+c", "Leave", "Leave the program. Everything is saved already.", 0, True),
    # Checklist
    Command("checklist.do", "enter", "Do it", "Do the highlighted step, or go to the steps of the account.", 1),
    Command("checklist.tick", "space", "Tick", "Tick the highlighted step, or take its tick back.", 2),
    Command("checklist.next", "g", "Next thing", "Go to the next thing to do, whichever account it is in.", 3),
    Command("checklist.add", "a", "Add", "Add an account.", 4),
    Command("checklist.edit", "e", "Edit", "Change the account's name, e-mail address or link."),
    Command("checklist.remove", "delete,X", "Remove", "Take the account out of the record. Undo brings it back."),
    Command("checklist.note", "n", "Note", "Write a note to the highlighted step.", 5),
    Command("checklist.diary", "d", "Diary", "All entries of the account, to read them and to correct their dates.", 6),
    Command("checklist.periods", "t", "Periods", "The legal periods of the account, and how each was worked out."),
    Command(
        "checklist.letters", "m", "Letters", "Reminder, question, complaint and other letters, filled from the diary."
    ),
    Command("checklist.link", "o", "Link", "Show, open or copy the link of the form, or draw it as a QR code."),
    Command("checklist.went-wrong", "w", "Went wrong", "What may go wrong with this step, and what helped others.", 7),
    Command("checklist.sources", "s", "Sources", "Where what is said here comes from, with dates, to open or copy."),
    Command("checklist.guidance", "r", "Guidance", "How current the guidance is, and whether its sources changed."),
    Command("checklist.changes", "c", "What changed", "Show what changed in a source of this step."),
    Command(
        "checklist.overview", "v", "Overview", "All accounts in one table: what covers each, and where there is a hole."
    ),
    Command(
        "checklist.moved",
        "M",
        "Moved",
        "Write down that Meta moved the account, or all linked with it, to Meta Account.",
    ),
    Command(
        "checklist.checked", "C", "Checked", "Write down that you looked at the objection again and leave it as it is."
    ),
    Command("checklist.export", "E", "Case file", "Write the case file, to print it or hand it over."),
    Command("checklist.skip", "x", "Skip", "Leave the highlighted step out."),
    Command("checklist.undo", "u", "Undo", "Take back the last change.", 8),
    Command("checklist.redo", "U,ctrl+r", "Redo", "Make the change again that was taken back."),
    Command("checklist.you", "y", "You", "Change your country, your e-mail address and the language of menu labels."),
    Command("checklist.other-pane", "h,l,left,right", "Other side", "Go between the accounts and their steps."),
    Command("checklist.up", "k", "Up", "Go up in a list."),
    Command("checklist.down", "j", "Down", "Go down in a list."),
    Command("checklist.page-down", "pagedown,ctrl+d", "Read on", "Scroll the guide down."),
    Command("checklist.page-up", "pageup,ctrl+u", "Read back", "Scroll the guide up."),
    Command("checklist.quit", "q", "Leave", "Leave the program. Everything is saved already.", 91),
    # Welcome and your details
    Command("welcome.next", "enter", "Next", "Take this answer and go on to the next question.", 5),
    Command("welcome.skip", "escape", "Skip", "Go on without answering; all of it can be said later.", 20),
    Command("welcome.finish", "f2", "Finish", "Take what is filled in and go on.", 10),
    Command(
        "welcome.discard",
        "f8",
        "Discard",
        "Put the fields back as they were before anything was typed; once more gives it back.",
    ),
    # Account
    Command("account.save", "enter,f2", "Save", "Save the account.", 1),
    Command(
        "account.discard",
        "f8",
        "Discard",
        "Put the fields back as they were before anything was typed; once more gives it back.",
    ),
    Command("account.back", "escape", "Back", "Go back; what you typed is kept for the next time.", 20),
    # Identify
    Command("identify.complete", "enter", "List is complete", "Say that the list of your accounts is complete.", 1),
    Command("identify.link", "space", "Linked?", "Say whether the highlighted account is linked, and where.", 2),
    Command("identify.add", "a", "Add", "Add an account that is missing.", 3),
    Command("identify.undo", "u", "Undo", "Take back the last change.", 4),
    Command("identify.up", "k", "Up", "Go up in the list."),
    Command("identify.down", "j", "Down", "Go down in the list."),
    Command("identify.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Command("identify.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("identify.back", "escape,b", "Back", "Go back to the checklist.", 20),
    # Open
    Command("open.go", "enter", "Go on", "Ask your browser to open the form, then say that it is in front of you.", 1),
    Command("open.browser", "o", "Open", "Ask your browser to open the highlighted form.", 2),
    Command("open.copy", "c", "Copy", "Copy the link.", 3),
    Command("open.show", "v", "QR and link", "Show the link in full and as a QR code for your phone.", 4),
    Command("open.there", "f", "Form is there", "Say that the form is in front of you.", 5),
    Command("open.up", "k", "Up", "Go up in the list of forms."),
    Command("open.down", "j", "Down", "Go down in the list of forms."),
    Command("open.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Command("open.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("open.back", "escape,b", "Back", "Go back to the checklist.", 20),
    # Link
    Command("link.browser", "o", "Open", "Ask your browser to open the link.", 1),
    Command("link.copy", "c", "Copy", "Copy the link.", 2),
    Command("link.back", "escape,b,enter,q", "Back", "Go back.", 20),
    # Submit
    Command("submit.use", "enter", "Do it", "Do what the highlighted row says.", 1),
    Command("submit.sent", "s", "I pressed Send", "Write down that you sent the form, and when.", 2),
    Command("submit.copy", "c", "Copy", "Copy what stands in the highlighted row.", 3),
    *(
        Command(f"submit.copy-{row}", str(row), f"Copy {row}", f"Copy what stands in row {row}.")
        for row in range(1, 10)
    ),
    Command("submit.email", "m", "E-mail", "Choose the e-mail address for the form."),
    Command("submit.reason", "r", "Reason", "Write a reason, or have one made from what you tick.", 4),
    Command("submit.show", "v", "QR and link", "Show the link of the form in full and as a QR code.", 5),
    Command("submit.browser", "o", "Open", "Ask your browser to open the form again.", 6),
    Command("submit.up", "k", "Up", "Go up in the list."),
    Command("submit.down", "j", "Down", "Go down in the list."),
    Command("submit.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Command("submit.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("submit.back", "escape,b", "Back", "Go back; what you chose and wrote is kept.", 20),
    # Reason
    Command("reason.done", "f2,escape", "Done", "Go back; the reason is kept as it stands.", 1),
    Command("reason.write", "tab", "Write", "Go between what you tick and the text itself.", 2),
    Command("reason.language", "f3", "Language", "Take the next language for the sentences.", 3),
    Command("reason.compose", "f4", "Make anew", "Make the text again from what is ticked.", 4),
    Command("reason.clear", "f8", "Empty", "Empty the reason. It is optional.", 5),
    # Confirm
    Command("confirm.save", "enter,f2", "Record", "Write down what came, with its date.", 1),
    Command("confirm.periods", "f3", "Periods", "The legal periods, and how each was worked out.", 2),
    Command("confirm.letters", "f4", "Letters", "Letters that fit how this account stands.", 3),
    Command("confirm.mail", "f5", "From a mail", "Read a mail that you saved as a file, and fill the form from it.", 4),
    Command(
        "confirm.discard",
        "f8",
        "Discard",
        "Put the fields back as they were before anything was typed; once more gives it back.",
    ),
    Command("confirm.page-down", "pagedown", "Read on", "Scroll the meaning of the answer down."),
    Command("confirm.page-up", "pageup", "Read back", "Scroll the meaning of the answer up."),
    Command("confirm.back", "escape", "Back", "Go back by one question; what you typed is kept.", 20),
    # Legal periods
    Command("periods.arrived", "a", "Arrived", "Write down when a posted letter arrived, from which day it counts.", 3),
    Command("periods.you", "y", "You", "Change your country, your e-mail address and the language of menu labels."),
    Command("periods.up", "k", "Up", "Go up in the list."),
    Command("periods.down", "j", "Down", "Go down in the list."),
    Command("periods.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the working down.", 1),
    Command("periods.page-up", "pageup,ctrl+u", "Read back", "Scroll the working up.", 2),
    Command("periods.back", "escape,b,t", "Back", "Go back.", 20),
    # Letters
    Command("letters.write", "enter", "Open", "Open the highlighted letter to change, copy or send it.", 1),
    Command("letters.authority", "a", "Authority", "The authority that takes your complaint.", 2),
    Command("letters.you", "y", "You", "Change your country, your e-mail address and the language of menu labels."),
    Command("letters.up", "k", "Up", "Go up in the list."),
    Command("letters.down", "j", "Down", "Go down in the list."),
    Command("letters.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the letter down.", 3),
    Command("letters.page-up", "pageup,ctrl+u", "Read back", "Scroll the letter up."),
    Command("letters.back", "escape,b,m", "Back", "Go back.", 20),
    # Letter
    Command("letter.sent", "f2", "I sent it", "Write down that you sent it, and when.", 1),
    Command("letter.language", "f3", "Language", "Take the next language; what you changed is kept.", 4),
    Command("letter.copy", "f4", "Copy", "Copy subject and text; of a message to people the text alone.", 2),
    Command("letter.save", "f5,ctrl+s", "Save", "Save it as a text beside your record, never over another one.", 6),
    Command("letter.mail", "ctrl+o", "Mail", "Hand it to your mail program; the address is left to you.", 3),
    Command("letter.next-gap", "ctrl+n", "Next gap", "Select the next thing that is missing.", 5),
    Command(
        "letter.discard",
        "f8",
        "Discard",
        "Put the letter back as the diary fills it; once more gives back what you wrote.",
    ),
    Command("letter.authority", "f9", "Authority", "The authority that takes your complaint.", 7),
    Command("letter.english", "ctrl+t", "English", "Show the letter in English, or as it was again.", 8),
    Command("letter.back", "escape", "Back", "Go back; what you changed is kept.", 20),
    # Authority
    Command("authority.browser", "enter,o", "Open", "Ask your browser to open the highlighted page.", 1),
    Command("authority.copy", "c", "Copy", "Copy the address of the page.", 2),
    Command("authority.show", "v", "QR and link", "Show the address in full and as a QR code for your phone.", 3),
    Command("authority.complained", "s", "I complained", "Write down that you complained to it, how and when.", 4),
    Command("authority.land", "l", "Land", "Choose the Land you live in, in Germany."),
    Command("authority.you", "y", "You", "Change your country, your e-mail address and the language of menu labels."),
    Command("authority.up", "k", "Up", "Go up in the list."),
    Command("authority.down", "j", "Down", "Go down in the list."),
    Command("authority.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Command("authority.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("authority.back", "escape,b", "Back", "Go back.", 20),
    # Review
    Command("review.choose", "enter,space", "Answer", "Choose an answer for the highlighted point.", 1),
    Command(
        "review.scan", "s", "Scan chats", "Look in exported WhatsApp chats, on this machine, for what Meta AI got.", 2
    ),
    Command("review.privacy", "a", "Privacy", "Advanced Chat Privacy, chat by chat; chats are added by hand.", 3),
    Command("review.yes", "y", "Yes", "Answer yes.", 4),
    Command("review.no", "n", "No", "Answer no.", 5),
    Command("review.done", "d", "Done", "Say that it is done.", 6),
    Command("review.not-for-me", "x", "Not for me", "Say that the point is not for you.", 7),
    Command("review.sources", "S", "Sources", "Where what is said here comes from, with dates, to open or copy.", 9),
    Command("review.undo", "u", "Undo", "Take back the last answer.", 8),
    Command("review.up", "k", "Up", "Go up in the list."),
    Command("review.down", "j", "Down", "Go down in the list."),
    Command("review.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Command("review.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("review.back", "escape,b", "Back", "Go back to the checklist.", 20),
    # Scan chats
    Command("chats.take", "enter", "Take it", "Add what is typed; with the field empty, scan what is chosen.", 1),
    Command("chats.complete", "tab", "Complete", "Complete the path, or go on to the folders below.", 2),
    Command("chats.scan", "f2", "Scan", "Scan what is chosen.", 3),
    Command("chats.add", "f3", "Add", "Add the highlighted folder or file.", 5),
    Command("chats.drop", "f8", "Take out", "Take the path that was added last out again.", 6),
    Command("chats.folders", "f4", "Folders", "Go to the folders below, and from there back to the field.", 4),
    Command("chats.back", "escape", "Back", "Go back; what you chose is kept.", 20),
    # Scan under way
    Command("scan.stop", "escape,x", "Stop", "Stop; what was read to its end is shown.", 1),
    Command("scan.back", "b,enter", "Walk on", "Go on with something else while the chats are read.", 20),
    # What a scan found
    Command("chats-found.who", "enter,i", "Your name", "Say which sender of the highlighted chat you are.", 1),
    Command("chats-found.record", "r", "Record", "Write the counts, dates and file names into the diary; no text.", 2),
    Command(
        "chats-found.points",
        "p",
        "Points",
        "Answer the points of the review that this answers, asked one by one.",
        3,
    ),
    Command("chats-found.messages", "v", "Show", "Read the messages in the highlighted chat again and show them.", 4),
    Command("chats-found.privacy", "a", "Privacy", "Advanced Chat Privacy, chat by chat.", 5),
    Command("chats-found.link", "l", "Link", "Say how this WhatsApp account is linked.", 6),
    Command("chats-found.again", "n", "Other chats", "Choose other chats to scan.", 7),
    Command(
        "chats-found.sources", "s", "Sources", "Where what is said here comes from, with dates, to open or copy.", 9
    ),
    Command("chats-found.undo", "u", "Undo", "Take back the last change.", 8),
    Command("chats-found.up", "k", "Up", "Go up in the list."),
    Command("chats-found.down", "j", "Down", "Go down in the list."),
    Command("chats-found.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Command("chats-found.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("chats-found.back", "escape,b", "Back", "Go back to the review.", 20),
    # Messages to Meta AI
    Command("messages.up", "k", "Up", "Scroll up by a line."),
    Command("messages.down", "j", "Down", "Scroll down by a line."),
    Command("messages.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the text down.", 1),
    Command("messages.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up.", 2),
    Command("messages.back", "escape,b", "Back", "Go back; the messages are not kept.", 20),
    # Chat privacy
    Command(
        "chat-privacy.switch", "enter,space", "On or off", "Say whether it is on, off or not known in the chat.", 1
    ),
    Command("chat-privacy.admin", "m", "Admin", "Say who is admin of the highlighted chat.", 2),
    Command("chat-privacy.copy", "c", "Copy message", "Copy a message that asks for it, to send it to the admin.", 3),
    Command("chat-privacy.add", "a", "Add chat", "Add a chat by its name.", 4),
    Command("chat-privacy.drop", "x,delete", "Take out", "Take the highlighted chat out of the list.", 6),
    Command("chat-privacy.note", "n", "Note it", "Write the list into the diary, as a note.", 5),
    Command(
        "chat-privacy.sources", "s", "Sources", "Where what is said here comes from, with dates, to open or copy.", 7
    ),
    Command("chat-privacy.undo", "u", "Undo", "Take back the last change of the record."),
    Command("chat-privacy.up", "k", "Up", "Go up in the list."),
    Command("chat-privacy.down", "j", "Down", "Go down in the list."),
    Command("chat-privacy.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Command("chat-privacy.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("chat-privacy.back", "escape,b", "Back", "Go back; the list is kept.", 20),
    # Note
    Command("note.save", "f2,ctrl+s", "Save note", "Save the note.", 1),
    Command(
        "note.discard",
        "f8",
        "Discard",
        "Put the fields back as they were before anything was typed; once more gives it back.",
    ),
    Command("note.back", "escape", "Back", "Go back; what you typed is kept for the next time.", 20),
    # Diary
    Command("diary.correct", "enter", "Correct date", "Correct when the highlighted entry happened.", 1),
    Command("diary.arrived", "r", "Arrived", "Write down when the highlighted letter arrived by post."),
    Command("diary.attach", "a", "Attach", "Keep a copy of a file as proof of the highlighted entry.", 3),
    Command("diary.undo", "u", "Undo", "Take back the last change.", 2),
    Command("diary.redo", "U,ctrl+r", "Redo", "Make the change again that was taken back."),
    Command("diary.up", "k", "Up", "Go up in the list."),
    Command("diary.down", "j", "Down", "Go down in the list."),
    Command("diary.back", "escape,b", "Back", "Go back to the checklist.", 20),
    # Overview
    Command("overview.go", "enter", "Go there", "Go to the highlighted account and its next step in the checklist.", 1),
    Command("overview.all", "a", "All", "Show every account.", 2),
    Command("overview.due", "d", "Due now", "Show only the accounts for which something is due now.", 3),
    Command("overview.waiting", "w", "Waiting", "Show only the accounts that wait for an answer.", 4),
    Command("overview.holes", "h", "Holes", "Show only the accounts that are not, or not surely, covered.", 5),
    Command("overview.timeline", "t", "Timeline", "Every entry of every account, in the order things happened.", 6),
    Command("overview.up", "k", "Up", "Go up in the list."),
    Command("overview.down", "j", "Down", "Go down in the list."),
    Command("overview.back", "escape,b,v", "Back", "Go back to the checklist.", 20),
    # Timeline
    Command("timeline.open", "enter", "Diary", "Open the diary of the account at the highlighted entry.", 1),
    Command("timeline.up", "k", "Up", "Go up in the list."),
    Command("timeline.down", "j", "Down", "Go down in the list."),
    Command("timeline.back", "escape,b,t", "Back", "Go back to the overview.", 20),
    # Case file
    Command("export.write", "enter,f2", "Write", "Write the files into the folder; what is there stays as it is.", 1),
    Command("export.back", "escape", "Back", "Go back; nothing is written.", 20),
    # A file
    Command("attach.take", "enter,f2", "Take it", "Take this file.", 1),
    Command("attach.complete", "tab", "Complete", "Complete the path as far as there is no choice.", 2),
    Command("attach.back", "escape", "Back", "Go back without a file; what you typed is kept.", 20),
    # Guidance
    Command("guidance.read", "enter", "Read", "Read the highlighted page as it was last fetched.", 1),
    Command("guidance.look", "r", "Look now", "Ask the watched pages whether they changed.", 2),
    Command("guidance.changes", "c", "Changes", "Show what changed in the highlighted page since you read it.", 3),
    Command("guidance.mark-read", "m", "Mark read", "Say that you have read the highlighted page as it is now.", 4),
    Command("guidance.browser", "o", "Open", "Ask your browser to open the highlighted page."),
    Command("guidance.weekly", "w", "Weekly", "Switch the weekly look on or off.", 5),
    Command("guidance.meta-pages", "M", "Meta's pages", "Look at pages on Meta's own hosts too, or no longer.", 6),
    Command("guidance.edition", "e", "New guidance", "See what the guidance that the feed offers would change."),
    Command("guidance.own", "B", "Own guidance", "Go back from a feed's guidance to the program's own."),
    Command("guidance.up", "k", "Up", "Go up in the list."),
    Command("guidance.down", "j", "Down", "Go down in the list."),
    Command("guidance.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Command("guidance.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("guidance.back", "escape,b", "Back", "Stop the look under way, or go back to the checklist.", 20),
    # Page
    Command("page.changes", "c", "Changes", "Turn between the text and what changed in it.", 1),
    Command("page.mark-read", "m", "Mark read", "Say that you have read the page as it is now.", 2),
    Command("page.next-heading", "n,right_square_bracket", "Next heading", "Go to the next heading or change.", 3),
    Command("page.last-heading", "p,left_square_bracket", "Back", "Go to the heading or change before."),
    Command("page.links", "l", "Links", "List the links of the page.", 4),
    Command("page.browser", "o", "Open", "Ask your browser to open the page.", 5),
    Command("page.up", "k", "Up", "Scroll up by a line."),
    Command("page.down", "j", "Down", "Scroll down by a line."),
    Command("page.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the text down."),
    Command("page.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("page.back", "escape,b", "Back", "Go back.", 20),
    # Links of a page
    Command("page-links.browser", "enter,o", "Open", "Ask your browser to open the highlighted link.", 1),
    Command("page-links.copy", "c", "Copy", "Copy the highlighted link.", 2),
    Command("page-links.up", "k", "Up", "Go up in the list."),
    Command("page-links.down", "j", "Down", "Go down in the list."),
    Command("page-links.back", "escape,b", "Back", "Go back to the page.", 20),
    # Before the first look
    Command("hosts.agree", "enter", "Look now", "Let the program contact these hosts, now and when you ask again.", 1),
    Command("hosts.page-down", "pagedown,ctrl+d,j", "Read on", "Scroll the text down."),
    Command("hosts.page-up", "pageup,ctrl+u,k", "Read back", "Scroll the text up."),
    Command("hosts.back", "escape,b", "Not now", "Go back; nothing is contacted.", 20),
    # Sources
    Command("sources.browser", "enter,o", "Open", "Ask your browser to open the page of the highlighted source.", 1),
    Command("sources.copy", "c", "Copy", "Copy the address of the page.", 2),
    Command("sources.show", "v", "QR and link", "Show the address in full and as a QR code for your phone.", 3),
    Command("sources.up", "k", "Up", "Go up in the list."),
    Command("sources.down", "j", "Down", "Go down in the list."),
    Command("sources.page-down", "pagedown,ctrl+d", "Read on", "Scroll the text down."),
    Command("sources.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("sources.back", "escape,b,s", "Back", "Go back.", 20),
    # New guidance
    Command("edition.accept", "a,f2", "Accept", "Use this guidance from now on; it can be left again.", 1),
    Command("edition.refuse", "x", "Refuse", "Leave it; this edition is not offered again.", 2),
    Command("edition.next", "n", "Next change", "Go to the next change.", 3),
    Command("edition.last", "p", "Back", "Go to the change before."),
    Command("edition.up", "k", "Up", "Scroll up by a line."),
    Command("edition.down", "j", "Down", "Scroll down by a line."),
    Command("edition.page-down", "pagedown,ctrl+d,space", "Read on", "Scroll the text down."),
    Command("edition.page-up", "pageup,ctrl+u", "Read back", "Scroll the text up."),
    Command("edition.back", "escape,b", "Later", "Go back and decide later; nothing is changed.", 20),
    # Questions
    Command("ask.answer", "enter", "Take it", "Take the highlighted or typed answer.", 1),
    Command("ask.discard", "f8", "Discard", "Put the fields back as they were before anything was typed."),
    Command("ask.back", "escape", "Back", "Go back without an answer.", 20),
    # Help
    Command("help.back", "escape,b,q,question_mark,f1", "Back", "Go back.", 1),
    # Trouble
    Command("trouble.choose", "enter", "Take it", "Do what the highlighted row says.", 1),
    Command("trouble.quit", "q,escape", "Leave", "Leave; the file stays as it is.", 2),
)
"""Everything a key can do, in the order the help shows it."""


def commands_of(place: str) -> tuple[Command, ...]:
    """The actions of one screen."""
    return tuple(action for action in COMMANDS if action.screen_id == place)


def find_command(id: str) -> Command | None:
    """One action by its id."""
    return next((action for action in COMMANDS if action.id == id), None)


EVERYWHERE = "everywhere"

SCREEN_TITLES: Mapping[str, str] = {
    EVERYWHERE: "Everywhere",
    "checklist": "Checklist",
    "welcome": "Welcome",
    "account": "Account",
    "identify": "Linked accounts",
    "open": "Open the form",
    "link": "Link",
    "submit": "Submit the form",
    "reason": "Reason",
    "confirm": "What came back",
    "periods": "Legal periods",
    "letters": "Letters",
    "letter": "Letter",
    "authority": "Authority",
    "review": "Review",
    "chats": "Scan chats",
    "scan": "Scan under way",
    "chats-found": "What a scan found",
    "messages": "Messages to Meta AI",
    "chat-privacy": "Chat privacy",
    "note": "Note",
    "diary": "Diary",
    "overview": "Overview",
    "timeline": "Timeline",
    "export": "Case file",
    "attach": "Add a file",
    "guidance": "Guidance",
    "page": "Page",
    "page-links": "Links of a page",
    "hosts": "Before the first look",
    "edition": "New guidance",
    "sources": "Sources",
    "ask": "Question",
    "help": "Help",
    "trouble": "Trouble with the file",
}
"""The screens an action can belong to, and how the help calls them."""
