"""The list of chats with their Advanced Chat Privacy: on, off or not known, and who is admin."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from metaoptout_tui.core.chats.privacy import ChatPrivacyList
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.record.remembered import (
    MAX_CHAT_NAME_CHARACTERS,
    PRIVACY_SETTINGS,
    ChatPrivacy,
    privacy_setting_label,
)
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.dialogue import Option
from metaoptout_tui.plain.typed_words import ME, is_typed, typed_word

_ADD, _NOTE, _MESSAGE, _REMOVE = "=add", "=note", "=message", "=remove"


def list_chat_privacy(context: PlainContext, account_id: str) -> None:
    """Offer the chats of the list until the person goes back; each change is kept at once."""
    remembered = context.session.remembered
    while True:
        saved_list = ChatPrivacyList(tuple(remembered.of(account_id).chats.values()))
        chats = saved_list.with_scanned(context.chat_scan.chat_privacy_for(account_id))
        options = [(chat.name, _chat_words(chat)) for chat in chats.listed]
        options += [(_ADD, _("Add a chat")), (_MESSAGE, _("Hear a message that asks the admin to switch it on"))]
        if chats.listed:
            options.append((_NOTE, _("Write the list into the diary, as a note")))
        chosen = context.dialogue.choose(
            _("Which chat? Type {back} when you are done.").format(back=typed_word("back")), options
        )
        if chosen == _NOTE:
            context.change(partial(context.session.diary_service.record_note, account_id, StepId.REVIEW, chats.note))
        elif chosen == _MESSAGE:
            context.dialogue.say_part()
            context.dialogue.say_passage(
                context.sentence("chats.ask-admin"), _("The message"), _("The message begins here.")
            )
            context.dialogue.say_how_to_copy()
        else:
            with context.dialogue.back_to():
                name = _new_name(context) if chosen == _ADD else chosen
                chat = next((each for each in chats.listed if each.name == name), ChatPrivacy(name))
                changed = chats.with_chat(_ask_setting(context, chat))
                remembered.save(account_id, replace(remembered.of(account_id), chats=changed.by_name))


def _new_name(context: PlainContext) -> str:
    help = (_("Any name by which you know it. The list stays in your file on this machine."),)
    name = context.dialogue.ask_line(_("What is the name of the chat?"), help=help)
    return clean_line(name, MAX_CHAT_NAME_CHARACTERS)


def _chat_words(chat: ChatPrivacy) -> str:
    setting = privacy_setting_label(chat.setting)
    return (
        _("{chat}: {setting}, admin: {admin}").format(chat=chat.name, setting=setting, admin=chat.shown_admin)
        if chat.admin
        else labelled(chat.name, setting)
    )


def _setting_options() -> Iterator[Option]:
    """Each setting as an answer."""
    yield "unknown", pgettext("Advanced Chat Privacy", "Not known")
    yield "on", pgettext("Advanced Chat Privacy", "On")
    yield "off", pgettext("Advanced Chat Privacy", "Off")


def _ask_setting(context: PlainContext, chat: ChatPrivacy) -> ChatPrivacy:
    """Ask for the setting of one chat and its admin; or take it out of the list."""
    options = list(_setting_options())
    options.append((_REMOVE, _("Take the chat out of the list")))
    question = _("Is Advanced Chat Privacy on in “{chat}”?").format(chat=chat.name)
    help = (_("If you are admin yourself, type {me}.").format(me=typed_word(ME)),)
    present = typed_word(ME) if chat.admin == ME else chat.admin
    while True:
        chosen = context.dialogue.choose(
            question,
            options,
            default=chat.setting,
            why=_("Your list then shows in which chats something is left to do."),
        )
        if chosen == _REMOVE:
            return chat._replace(is_removed=True)
        setting = next(each for each in PRIVACY_SETTINGS if each == chosen)
        with context.dialogue.back_to():
            admin = context.dialogue.ask_line(
                _("Who is admin of that chat?"), default=present, is_optional=True, help=help
            )
            admin = ME if is_typed(admin, ME) else clean_line(admin, MAX_CHAT_NAME_CHARACTERS)
            return chat._replace(setting=setting, admin=admin)
