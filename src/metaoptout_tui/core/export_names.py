"""Whom does an exported chat go by? What WhatsApp puts around a chat's name when it names the file, in its languages.

The wordings are those by which public readers of real exports know such files, most of them of Android. Whether words are
joined by a blank or a hyphen changes between versions and counts for nothing here. In a language that is not known the
whole name stays.
"""

_BEFORE_AND_AFTER = (
    # iOS, in every language seen
    ("WhatsApp Chat - ", ""),
    # Android: the name behind
    ("WhatsApp Chat with ", ""),
    ("WhatsApp Gesprek met ", ""),
    ("WhatsApp Чат с ", ""),
    ("WhatsApp chat med ", ""),
    ("WhatsApp chatt med ", ""),
    ("WhatsApp samtale med ", ""),
    ("WhatsApp Chat mit ", ""),
    ("WhatsApp chat met ", ""),
    ("WhatsApp Chat kay ", ""),
    ("WhatsApp chat s používateľom ", ""),
    ("WhatsApp csevegés vele: ", ""),
    ("WhatsApp klepet z ", ""),
    ("WhatsApp pokalbis su ", ""),
    ("WhatsApp razgovor s ", ""),
    ("WhatsApp sarakste ar ", ""),
    ("WhatsApp разговор со ", ""),
    ("WhatsApp Ћаскање са ", ""),
    ("WhatsApp чат: ", ""),
    ("WhatsApp'i vestlus kontaktiga ", ""),
    ("Chat WhatsApp con ", ""),
    ("Chat WhatsApp dengan ", ""),
    ("Chat WhatsApp s uživatelem ", ""),
    ("Chat de WhatsApp con ", ""),
    ("Conversa do WhatsApp com ", ""),
    ("Conversa no WhatsApp com ", ""),
    ("Conversație WhatsApp cu ", ""),
    ("Czat WhatsApp z ", ""),
    ("Discussion WhatsApp avec ", ""),
    ("Sembang WhatsApp dengan ", ""),
    ("Soga za WhatsApp na ", ""),
    ("Trò chuyện WhatsApp với ", ""),
    ("Xat de WhatsApp amb ", ""),
    ("Συνομιλία WhatsApp με ", ""),
    ("Бесіда WhatsApp з ", ""),
    ("Чат WhatsApp с контактом ", ""),
    ("Чат WhatsApp с ", ""),
    ("צ'אט WhatsApp עם ", ""),
    ("دردشة واتساب مع ", ""),
    ("گفتگوی WhatsApp با ", ""),
    ("แชท WhatsApp กับ ", ""),
    # the name between
    ("WhatsApp keskustelu henkilön ", " kanssa"),
    ("Biseda me ", " në WhatsApp"),
    ("WhatsApp 与 ", " 的对话"),
    ("WhatsApp 與 ", " 的對話"),
    # the name in front
    ("", " bilan WhatsApp chati"),
    ("", " ile WhatsApp Sohbeti"),
    ("", " ilə WhatsApp Söhbəti"),
    ("", " کے ساتھ WhatsApp بات چیت"),
    ("", " এর সাথে WhatsApp চ্যাট"),
    ("", " के साथ WhatsApp चैट"),
    ("", " सोबतच्या WhatsApp गप्पा"),
    ("", " ਨਾਲ WhatsApp ਗੱਲਬਾਤ"),
    ("", " સાથેની WhatsApp વાત"),
    ("", " உடன் WhatsApp உரையாடல்"),
    ("", " తో WhatsApp సంభాషణ"),
    ("", " ಜೊತೆ WhatsApp ಸಂಭಾಷಣೆ"),
    ("", " മായുള്ള WhatsApp ചാറ്റുകൾ"),
    ("", "とのWhatsAppチャット"),
    ("", "님과의 WhatsApp 대화"),
)
_JOINTS = str.maketrans(dict.fromkeys("-\u2011\u00a0:_’'", " "))


def name_within(file_name: str) -> str:
    """The chat's own name within the name, without its suffix, that WhatsApp gives to an exported file."""
    plain = file_name.translate(_JOINTS)
    for before, after in _PLAIN:
        end = len(plain) - len(after)
        if len(before) < end and _same(plain[: len(before)], before) and _same(plain[end:], after):
            return file_name[len(before) : end]
    return file_name


_PLAIN = tuple((before.translate(_JOINTS), after.translate(_JOINTS)) for before, after in _BEFORE_AND_AFTER)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
