"""The pattern that tells of each line of a chat whether it begins a message, and how it refers to Meta AI.

It decides over bytes what `detect_reference` decides over text, in the forms that nearly all lines have; of any other
form it says that it is unclear. It never goes back, so that its time is that of the length of the line.
"""

import re
from typing import NamedTuple

from metaoptout_tui.imports.whatsapp.conversation import MARKED_SENDER_SUFFIX
from metaoptout_tui.imports.whatsapp.headers import HeaderPatterns
from metaoptout_tui.imports.whatsapp.meta_ai_references import (
    META_AI_IDS,
    NOTICE_WORDS_BEFORE_MENTION,
    MetaAiReference,
)


class LineRow(NamedTuple):
    """The groups of the pattern; each is empty where the line has none.

    `other_format` is the whole line if that looks like a header of another format. `reference` is a mention of Meta AI
    (two signs of it), its name (more of it), or one sign where the pattern leaves open what the line is.
    """

    date: bytes
    sender: bytes
    other_format: bytes
    reference: bytes

    @property
    def kind_of_reference(self) -> MetaAiReference:
        """How the line refers to Meta AI."""
        if not self.reference:
            return MetaAiReference.NONE
        return MetaAiReference.MENTION if len(self.reference) == _SIGNS_OF_MENTION else MetaAiReference.NAME

    @property
    def is_unclear(self) -> bool:
        """Whether the message must be read as a text."""
        has_notice_sender = not self.sender or self.sender.endswith(MARKED_SENDER_SUFFIX)
        return len(self.reference) == 1 or bool(self.date and has_notice_sender)


_SIGNS_OF_MENTION = 2
_BLANK = rb"(?: |\xc2\xa0|\xe2\x80\xaf)"
_MARKS = rb"(?:\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c|\xef\xbb\xbf)*+"
# A blank alone comes first, since nearly every name has that.
_GAP = rb"(?: (?=A)|%s%s%s)" % (_MARKS, _BLANK, _MARKS)
_NAME = rb"Meta%sAI" % _GAP
_ID = b"(?:%s)" % "|".join(META_AI_IDS).encode()
# What is in no word: ASCII signs, blanks, quotation marks, other punctuation, direction marks and pictures.
_NO_WORD_BEFORE = (
    rb"(?:(?<![A-Za-z0-9_\x80-\xff])|(?<=\xe2\x80[\x80-\xbf])|(?<=\xe2\x81[\xa6-\xa9])|(?<=\xc2[\xa0\xab\xbb]))"
)
_NO_WORD_AFTER = (
    rb"(?:(?![A-Za-z0-9_\x80-\xff])|(?=\xe2\x80|\xe2\x81[\xa6-\xa9]|\xc2[\xa0\xab\xbb]|\xf0\x9f[\x8c-\xab]))"
)
_LAST_LETTERS = "".join(sorted({words[-1] for words in NOTICE_WORDS_BEFORE_MENTION})).encode()
# Most mentions stand behind a word with another last letter.
_NOT_IN_NOTICE = rb"(?:(?<![%s] )(?<!\xa0)(?<!\xaf)|%s)" % (
    _LAST_LETTERS,
    b"".join(
        rb"(?<!%s%s)" % (words.encode(), blank)
        for words in NOTICE_WORDS_BEFORE_MENTION
        for blank in (b" ", b"\xc2\xa0", b"\xe2\x80\xaf")
    ),
)
_MAY_BE_MENTION = rb"(?=@[^\n@A-Za-z0-9]*+(?:%s|%s|(?<=\+)1[^\n0-9]{1,8}313))" % (_NAME, _ID)
# The signs that are searched for come first, since most lines have none of them.
_NO_MENTION = rb"(?!%s)@" % _MAY_BE_MENTION
_NO_NAME = rb"M(?!eta%sAI(?![A-Za-z0-9_]))|(?<=[A-Za-z0-9_])M" % _GAP
_ISOLATED = rb"(?=@\xe2\x81\xa8~?%s\xe2\x81\xa9)" % _NAME
_PLAIN = rb"(?=@(?:~?%s%s|%s(?![0-9\x80-\xff])))%s" % (_NAME, _NO_WORD_AFTER, _ID, _NO_WORD_BEFORE)
_MENTION = rb"(?:%s|%s)%s@." % (_ISOLATED, _PLAIN, _NOT_IN_NOTICE)
_ONLY_NAME = rb"(?=%s%s[^@\n]*+(?:%s[^@\n]*+)*+(?!@))%sMeta" % (_NAME, _NO_WORD_AFTER, _NO_MENTION, _NO_WORD_BEFORE)
# Nearly all mentions have one of these forms.
_USUAL_MENTION = rb"@(?:Meta AI[ ,.:;!?\r\n]|\xe2\x81\xa8Meta AI\xe2\x81\xa9)"
_USUAL_MENTION_IN_TEXT = rb"(?:(?<=[^%s] )|%s(?<= ))(?=%s)@." % (
    _LAST_LETTERS,
    b"".join(rb"(?<!%s )" % words[-2:].encode() for words in NOTICE_WORDS_BEFORE_MENTION),
    _USUAL_MENTION,
)
_TEXT_PATTERN = rb"[^@M\n]*+(?:(?=[@M])(?!%s)(?:(?:%s|%s)[^@M\n]*+)*+)?" % (_USUAL_MENTION, _NO_NAME, _NO_MENTION)
_REFERENCES = rb"%s|%s|%s|." % (_USUAL_MENTION_IN_TEXT, _MENTION, _ONLY_NAME)
# A line of a pasted chat, of a quotation or a poll mentions nobody, so that one that may be such a line is left open.
# Its first byte is asked for first, since most lines have another.
_MENTIONS_NOBODY = rb"(?=[ \xe2\[0-9>O])(?= ?(?:\xe2\x80[\x8e\x8f])?(?:\[? ?[0-9]{1,4} ?[./:-]|>|OP)[^\n@]*+@)"
_IN_LINE_PATTERN = rb"(?:%s|%s)" % (_MENTIONS_NOBODY, _TEXT_PATTERN)
# WhatsApp's own lines may begin with marks, and blanks of any kind. The first letter is asked for first.
_NO_NOTICE = (
    rb"(?! ?+(?=[\s\x1c-\x1f\xc2\xd8\xe1-\xe3\xefALMNOSTW])(?:[\s\x1c-\x1f]|\xc2[\x85\xa0]|\xe1"
    rb"|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81[\x9f\xa6-\xa9]|\xe3\x80\x80|\xd8\x9c|\xef\xbb"
    rb"|Only.{1,3}mess|Nur.{1,3}Nach|Seuls.{1,3}les|Messages.{1,3}are|Les.{1,3}mess|AI.{1,3}from|Meta.{1,3}AI.{1,3}is"
    rb"|WhatsApp.{1,3}Supp|This.{1,3}(?:chat|AI|is.{1,3}an.{1,3}AI)))"
)
NOTICE_WORDS = (b"rivacy", b"to this chat", b"removed Meta AI", b"a secure service", b"Datenschutz")
"""What WhatsApp's own lines have in them that begin with a name."""
# The first words of such a line may be on its second line; so the line feed behind a sender is one sign of a reference.
_NOTHING_BEHIND_SENDER = rb"(?<=:)\n"


def compile_line_pattern(patterns: HeaderPatterns) -> re.Pattern[bytes]:
    """The pattern for each line, with its line feed before it and the groups of `LineRow`."""
    if not patterns.format.has_bracket:
        references, text = _REFERENCES, _IN_LINE_PATTERN
    else:
        references, text = (
            rb"%s|%s" % (_REFERENCES, _NOTHING_BEHIND_SENDER),
            rb"(?:%s%s)?" % (_NO_NOTICE, _IN_LINE_PATTERN),
        )
    return re.compile(patterns.make_line_pattern(text, _IN_LINE_PATTERN) + rb"(?P<reference>%s)?[^\n]*+" % references)
