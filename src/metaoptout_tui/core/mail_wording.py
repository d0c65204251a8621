"""What an e-mail of Meta says about an objection, recognised by its wording in six languages.

Most English wordings were seen in mails. Those of the other languages are their plain translations, since no mail in
them was seen, and some are plain ways to acknowledge receipt. So the result is only a suggestion, which the person
confirms. A sentence with a condition (“whether we will honour …”) decides nothing, and one with a negation does not
confirm.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple


class MailKind(StrEnum):
    """What a mail says; UNKNOWN also where its wording is not known, or says two things at once."""

    HONOURED = "honoured"
    REFUSED = "refused"
    RECEIVED = "received"
    CODE = "code"
    LINK = "link"
    ASKED = "asked"
    ANNOUNCEMENT = "announcement"
    UNDELIVERABLE = "undeliverable"
    UNKNOWN = "unknown"


class _Wording(NamedTuple):
    """The wordings of a language. `asked` is what the person shall send or say before Meta goes on. `tail` begins a further part of a sentence, which a negation is not looked for in.

    `negation` and `condition` are single words: after a negation nothing is confirmed, with a condition nothing is
    decided.
    """

    honoured: re.Pattern[str]
    refused: re.Pattern[str]
    received: re.Pattern[str]
    link: re.Pattern[str]
    asked: re.Pattern[str]
    negation: re.Pattern[str]
    condition: re.Pattern[str]
    tail: re.Pattern[str]


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")


def _wording(
    *,
    honoured: tuple[str, ...],
    refused: tuple[str, ...],
    received: tuple[str, ...],
    link: tuple[str, ...],
    asked: tuple[str, ...],
    negation: str,
    condition: str,
    tail: str,
) -> _Wording:
    return _Wording(
        _words(*honoured),
        _words(*refused),
        _words(*received),
        _words(*link),
        _words(*asked),
        _words(negation),
        _words(condition),
        re.compile(rf",|(?<!\w)(?:{tail})(?!\w)"),
    )


_GAP = r".{0,60}?"
"""A few words between two that belong together."""

_EN_ASKED_FOR = (
    r"(?:prompts?|screenshots?|examples?|proof of (?:your )?identity|identity document|(?:copy|photo) of (?:your|an?) id"
    r"|country of residence|where you live)"
)
_EN_MORE = r"(?:some )?(?:more|additional|further) (?:information|details)"
_DE_OBJECTION = r"(?:dein|ihr)(?:en|em|er|es)? (?:widerspruch|einspruch)s?"
_DE_HONOUR = (
    r"(?:nachkommen|nachgekommen|entsprechen|entsprochen|stattgeben|stattgegeben|respektier(?:en|t)|anerkannt|akzeptier(?:en|t)"
    r"|berücksichtig(?:en|t)|umsetzen|umgesetzt|anwenden|angewend(?:et|en)|angewandt)"
)
_NL_OBJECTION = r"(?:je|jouw|uw) bezwaar"
_NL_HONOUR = (
    r"(?:honoreren|gehonoreerd|respecteren|gerespecteerd|inwilligen|ingewilligd|toepassen|toegepast|accepteren"
    r"|geaccepteerd)"
)
_FR_OBJECTION = r"(?:votre|ton) (?:demande d')?opposition"
_FR_HONOUR = (
    r"(?:respecter(?:ons)?|respectée|honorer(?:ons)?|honorée|accept(?:er|ons|ée)|appliquer(?:ons)?|appliquée"
    r"|prise en compte|pren(?:ons|drons) en compte|tiendrons compte|donnerons suite)"
)
_ES_OBJECTION = r"(?:tu|su) (?:solicitud de )?(?:oposición|objeción)"
_ES_HONOUR = (
    r"(?:respetar(?:emos)?|respetad[oa]|atender(?:emos)?|atendid[oa]|aceptar(?:emos)?|aceptad[oa]|aplicar(?:emos)?"
    r"|aplicad[oa]|aplicará)"
)
_IT_OBJECTION = r"(?:la )?(?:tua|sua) (?:richiesta di )?(?:opposizione|obiezione)"
_IT_HONOUR = (
    r"(?:rispett(?:are|eremo)|rispettata|accogli(?:ere|eremo|amo)|accoglieremo|accolta|accett(?:are|eremo|ata)"
    r"|applic(?:are|heremo)|applicata)"
)


def _either_order(first: str, second: str) -> str:
    return rf"{first}{_GAP}{second}|{second}{_GAP}{first}"


_WORDINGS: Mapping[str, _Wording] = {
    "en": _wording(
        honoured=(
            r"(?:will|have|to) (?:also )?honou?r(?:ed)? your objection",
            r"your objection (?:has been|was|is|will be) (?:honou?red|applied|accepted)",
            r"(?:have|will) (?:also )?(?:applied|apply|accepted|accept) your objection",
        ),
        refused=(
            r"(?:cannot|can't|can not|unable to|not able to|won't|will not) take (?:any )?further action",
            r"(?:will not|won't|cannot|can't|can not|unable to|not able to)(?: be able to)? (?:honou?r|apply|accept) your objection",
            r"your objection (?:has been|was|is) (?:rejected|refused|denied|declined)",
            r"(?:have|had to) (?:rejected?|refused?|denied|deny|declined?) your objection",
        ),
        received=(
            r"(?:have |we've |we )?(?:received|got) your (?:request|objection|message|report)",
            r"(?:don't|do not) automatically (?:fulfill?|honou?r|grant)(?: all)? requests",
            r"(?:will|going to) (?:review|look into|consider|assess) (?:it|this|them|your \w+)",
            r"(?:is|are) (?:being reviewed|under review)|let you know (?:whether|if)",
            r"your (?:request|objection|message|report|form|submission) (?:has been|was) received",
            r"(?:confirm|acknowledge)(?:s|ing|ment of)? (?:the )?receipt",
        ),
        link=(
            rf"(?:click|tap|follow|use|open|press) (?:on )?(?:the|this) (?:link|button){_GAP}(?:confirm|verify|complete)",
            rf"(?:confirm|verify|complete){_GAP}by (?:clicking|tapping|following|opening)",
        ),
        asked=(
            rf"(?:provide|send|share|attach|give|submit|upload|describe|re(?:ply|spond) with|need|require){_GAP}{_EN_ASKED_FOR}",
            rf"(?:please|you to|must|to) (?:provide|send|give|share)(?: us)?(?: with)? {_EN_MORE}",
            rf"(?:need|require) {_EN_MORE}",
        ),
        negation=r"not|\w+n't|cannot|never|unable|neither|nor|no|without",
        condition=(
            r"if|whether|unless|until|once|when|whenever|in case|should you|should we|may|might|could|would|depending"
            r"|provided|before|after"
        ),
        tail=r"and|which|so|but",
    ),
    "de": _wording(
        honoured=(
            _either_order(_DE_OBJECTION, _DE_HONOUR),
            rf"(?:respektieren|akzeptieren|berücksichtigen|entsprechen){_GAP}{_DE_OBJECTION}",
        ),
        refused=(
            rf"(?:können|werden){_GAP}{_DE_OBJECTION}{_GAP}nicht{_GAP}{_DE_HONOUR}",
            rf"{_DE_OBJECTION}{_GAP}(?:abgelehnt|zurückgewiesen|ablehnen)",
            r"(?:keine weiteren|nicht weiter) (?:maßnahmen ergreifen|tätig werden|schritte unternehmen)",
        ),
        received=(
            rf"haben (?:deine|ihre|deinen|ihren){_GAP}(?:erhalten|bekommen)",
            r"(?:ist|sind) (?:bei uns )?eingegangen|(?:wird|werden) (?:gerade )?(?:geprüft|bearbeitet)",
            r"(?:bestätigen|bestätigt) (?:(?:wir|dir|ihnen|hiermit) ){0,3}den (?:eingang|erhalt)|eingangsbestätigung",
            rf"(?:werden|prüfen){_GAP}(?:anfrage|antrag|widerspruch){_GAP}prüfen|wir prüfen (?:deine|deinen|ihre|ihren)",
        ),
        link=(
            rf"(?:klicken?|klicke|tippen?|tippe|öffnen?|öffne){_GAP}(?:link|schaltfläche|button){_GAP}bestätig\w+",
            rf"bestätig(?:e|en){_GAP}(?:link|klick\w*)",
        ),
        asked=(
            _either_order(
                r"(?:sende|senden|schicke?|schicken|nenne|nennen|füge|fügen|antworte|antworten|lade|laden|benötigen|brauchen"
                r"|gib|geben|mitschicken|beifügen|hochladen|einsenden|zusenden|angeben)",
                r"(?:prompts?|screenshots?|bildschirmfotos?|beispielen?|eingaben|ausweis\w*|identitätsnachweis\w*)",
            ),
            r"(?:benötigen|brauchen) (?:wir )?(?:noch )?(?:von dir |von ihnen )?(?:weitere|zusätzliche|mehr) (?:informationen|angaben)",
        ),
        negation=r"nicht|kein\w*|nie|niemals|ohne|weder",
        condition=(
            r"wenn|falls|ob|sofern|sobald|bis|es sei denn|könnten?|würden?|möglicherweise|vielleicht|bevor|nachdem"
            r"|vorausgesetzt"
        ),
        tail=r"und|aber|sowie",
    ),
    "nl": _wording(
        honoured=(_either_order(_NL_OBJECTION, _NL_HONOUR),),
        refused=(
            rf"(?:kunnen|zullen){_GAP}{_NL_OBJECTION}{_GAP}niet{_GAP}{_NL_HONOUR}",
            rf"{_NL_OBJECTION}{_GAP}(?:afgewezen|geweigerd|afwijzen)",
            r"geen verdere (?:actie|stappen|maatregelen) (?:ondernemen|nemen)",
        ),
        received=(
            rf"hebben (?:je|jouw|uw){_GAP}ontvangen",
            r"bevestig(?:en|t) (?:hierbij )?(?:de )?ontvangst|ontvangstbevestiging",
            r"(?:je|jouw|uw) (?:verzoek|bezwaar|bericht|aanvraag) is (?:goed )?(?:ontvangen|binnengekomen)",
            r"(?:wordt|worden) (?:beoordeeld|bekeken|behandeld)|in behandeling",
            rf"(?:zullen|gaan) (?:je|jouw|uw|het|dit){_GAP}(?:beoordelen|bekijken)",
        ),
        link=(
            rf"(?:klik|tik|open){_GAP}(?:link|knop){_GAP}bevestig\w*",
            rf"bevestig{_GAP}(?:link|klikken|tikken)",
        ),
        asked=(
            _either_order(
                r"(?:stuur|sturen|geef|geven|deel|delen|verstrek|verstrekken|vermeld|voeg|toevoegen|upload|uploaden|nodig|meesturen)",
                r"(?:prompts?|screenshots?|schermafbeelding\w*|voorbeelden|identiteitsbewijs)",
            ),
            r"(?:hebben )?(?:meer|aanvullende|extra) (?:informatie|gegevens) (?:van je |van u )?nodig",
        ),
        negation=r"niet|geen|nooit|zonder|noch",
        condition=r"als|indien|of|tenzij|zodra|totdat|wanneer|mits|zou|zouden|mogelijk|misschien|voordat|nadat",
        tail=r"en|maar",
    ),
    "fr": _wording(
        honoured=(_either_order(_FR_OBJECTION, _FR_HONOUR),),
        refused=(
            rf"(?:ne pouvons pas|ne pourrons pas|n'allons pas){_GAP}(?:{_FR_HONOUR}|donner suite){_GAP}{_FR_OBJECTION}",
            rf"{_FR_OBJECTION}{_GAP}(?:rejetée|refusée)|(?:rejetons|refusons) {_FR_OBJECTION}",
            r"(?:ne pouvons|ne pourrons) (?:pas )?prendre (?:d'autres|aucune autre) mesures?",
        ),
        received=(
            r"avons (?:bien )?reçu (?:votre|ton|ta) \w+",
            r"accus(?:ons|e|é) (?:de )?(?:bonne )?réception|confirmons (?:la )?(?:bonne )?réception",
            r"(?:votre|ta|ton) (?:demande|opposition|message) a (?:bien )?été reçue?",
            r"(?:sera|est en cours d'|est en) (?:examinée|examen)",
            r"(?:examinerons|allons examiner) (?:votre|ton|ta|la) \w+",
        ),
        link=(
            rf"(?:cliquez|clique|appuyez|appuie|ouvrez|ouvre){_GAP}(?:lien|bouton){_GAP}(?:confirmer|valider|vérifier)",
            rf"(?:confirmez|confirme){_GAP}(?:en cliquant|lien)",
        ),
        asked=(
            _either_order(
                r"(?:envoyez|envoyer|envoie|fournissez|fournir|fournis|indiquez|indiquer|joignez|joindre|joins|transmettre|besoin)",
                r"(?:prompts?|captures? d'écran|exemples?|pièce d'identité|justificatif\w*)",
            ),
            r"besoin (?:d'informations|de précisions) (?:complémentaires|supplémentaires)|besoin de plus d'informations",
        ),
        negation=r"ne|pas|jamais|sans|aucun\w*|ni",
        condition=(
            r"si|s'il|s'ils|sauf|moins que|lorsque|quand|dès que|une fois|pourrait|pourrions|pourraient|éventuellement"
            r"|sous réserve|avant|après"
        ),
        tail=r"et|mais",
    ),
    "es": _wording(
        honoured=(_either_order(_ES_OBJECTION, _ES_HONOUR),),
        refused=(
            rf"no (?:podemos|podremos|vamos a){_GAP}{_ES_HONOUR}{_GAP}{_ES_OBJECTION}",
            rf"{_ES_OBJECTION}{_GAP}(?:rechazad[oa]|denegad[oa])|(?:rechazamos|hemos rechazado|denegamos) {_ES_OBJECTION}",
            r"no podemos (?:tomar|adoptar) (?:ninguna )?(?:más|otras?|ninguna) medidas?(?: adicionales)?",
        ),
        received=(
            r"hemos recibido (?:tu|su) \w+",
            r"(?:acusamos|acuse de) recibo|confirmamos (?:la recepción|haber recibido)",
            r"(?:tu|su) (?:solicitud|objeción|oposición|mensaje) (?:ha sido|fue) recibid[oa]|hemos recibido correctamente",
            r"(?:será|está siendo) revisad[oa]|en revisión",
            r"(?:revisaremos|vamos a revisar|estudiaremos) (?:tu|su|la) \w+",
        ),
        link=(
            rf"(?:haz clic|haga clic|pulsa|pulse|toca|abre|abra){_GAP}(?:enlace|botón){_GAP}(?:confirmar|verificar|completar)",
            rf"(?:confirma|confirme){_GAP}(?:haciendo clic|enlace)",
        ),
        asked=(
            _either_order(
                r"(?:envía\w*|envíe\w*|enviar\w*|proporcion[ae]\w*|facilit[ae]\w*|adjunt[ae]\w*|indi(?:ca|que)\w*|necesitamos)",
                r"(?:prompts?|capturas? de pantalla|ejemplos?|documento de identidad|dni)",
            ),
            r"necesitamos (?:más|algo más de) (?:información|datos)|necesitamos (?:información|datos) adicional(?:es)?",
        ),
        negation=r"no|nunca|sin|ningún|ninguna?|tampoco",
        condition=r"si|cuando|una vez|salvo|a menos|podría|podríamos|podrían|en caso|siempre que|quizás?|antes|después",
        tail=r"y|pero",
    ),
    "it": _wording(
        honoured=(
            _either_order(_IT_OBJECTION, _IT_HONOUR),
            r"la (?:tua|sua) richiesta (?:verrà|sarà|è stata) (?:applicata|accolta)",
        ),
        refused=(
            rf"non (?:possiamo|potremo){_GAP}{_IT_HONOUR}{_GAP}{_IT_OBJECTION}",
            rf"{_IT_OBJECTION}{_GAP}(?:respinta|rifiutata)|(?:respingiamo|abbiamo respinto) {_IT_OBJECTION}",
            r"non possiamo (?:intraprendere|adottare) (?:ulteriori|altre) (?:azioni|misure)",
        ),
        received=(
            r"abbiamo ricevuto (?:la )?(?:tua|sua) \w+",
            r"(?:confermiamo|conferma di) (?:la |di aver )?(?:ricezione|ricevuto)|avviso di ricezione",
            r"(?:la )?(?:tua|sua) (?:richiesta|opposizione|obiezione) è stata ricevuta",
            r"(?:verrà|sarà) (?:esaminata|valutata)|in fase di (?:esame|valutazione)",
            r"(?:esamineremo|valuteremo) (?:la )?(?:tua|sua) \w+",
        ),
        link=(
            rf"(?:clicca|cliccare|fai clic|faccia clic|tocca|apri){_GAP}(?:link|pulsante){_GAP}(?:confermare|verificare)",
            rf"(?:conferma|confermi){_GAP}(?:cliccando|link)",
        ),
        asked=(
            _either_order(
                r"(?:invia\w*|inviar\w*|fornisc[ai]\w*|fornir\w*|allega\w*|indica\w*|bisogno|servono|serve)",
                r"(?:prompt|screenshot|schermat[ae]|esempi|esempio|documento d'identità)",
            ),
            r"(?:bisogno di|servono) (?:ulteriori|altre|maggiori) informazioni",
        ),
        negation=r"non|mai|senza|nessun\w*|né",
        condition=r"se|qualora|quando|una volta|salvo|a meno|potremmo|potrebbe|potrebbero|in caso|forse|prima|dopo",
        tail=r"e|ma",
    ),
}

_ANNOUNCEMENT_SUBJECT = re.compile(r"erfahre, wie wir deine informationen im zuge der verbesserung von ki")
_ANNOUNCEMENT_WORDING = re.compile(r"\byou have the right to object\b|\bsubmit an objection\b")
_CODE_WORDING = re.compile(
    r"\b(?:confirmation|verification|security|one-time) code\b|\bbestätigungscode\b|\bcode de (?:confirmation|vérification)\b"
    r"|\bcódigo de (?:confirmación|verificación)\b|\bcodice di (?:conferma|verifica)\b|\b(?:bevestigings|verificatie)code\b"
)
_CODE_DIGITS = re.compile(r"\b\d{4,8}\b")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
"""A line that a mail quotes from an earlier one."""
_MAX_SENTENCE_CHARACTERS = 2_000
_MAX_SENTENCES = 300
"""How much of a mail is read: of longer sentences, and of more of them, only the beginning, so that no mail takes long."""


def classify_mail(subject: str, body: str) -> MailKind:
    """The kind of a mail by its wording; UNKNOWN for anything else, and for two decisions at once.

    Lines that the mail quotes from an earlier one, after “>”, say nothing.
    """
    subject, body = _plain(subject), _plain(QUOTED_LINE.sub("", body))
    if _ANNOUNCEMENT_SUBJECT.match(subject):
        return MailKind.ANNOUNCEMENT
    kinds = {
        kind
        for sentence in (subject, *_SENTENCE_END.split(body, _MAX_SENTENCES)[:_MAX_SENTENCES])
        for wording in _WORDINGS.values()
        for kind in _kinds_in(sentence[:_MAX_SENTENCE_CHARACTERS], wording)
    }
    if _ANNOUNCEMENT_WORDING.search(body) or _ANNOUNCEMENT_WORDING.search(subject):
        kinds.add(MailKind.ANNOUNCEMENT)
    names_code = _CODE_WORDING.search(subject) or _CODE_WORDING.search(body)
    if names_code and _CODE_DIGITS.search(f"{subject} {body}"):
        kinds.add(MailKind.CODE)
    for same_weight in _KINDS_BY_WEIGHT:
        if kinds & same_weight:
            return (kinds & same_weight).pop() if len(kinds & same_weight) == 1 else MailKind.UNKNOWN
    return MailKind.UNKNOWN


_KINDS_BY_WEIGHT = (
    {MailKind.HONOURED, MailKind.REFUSED, MailKind.ANNOUNCEMENT},
    {MailKind.CODE},
    {MailKind.LINK},
    {MailKind.ASKED},
    {MailKind.RECEIVED},
)
"""What a mail says first: a decision counts more than a question, and that more than the receipt in the same mail."""


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())


def _kinds_in(sentence: str, wording: _Wording) -> Iterator[MailKind]:
    """What one sentence says in one language."""
    is_conditional = wording.condition.search(sentence) is not None
    if not is_conditional and (match := wording.refused.search(sentence)):
        if not wording.negation.search(sentence, 0, match.start()):
            yield MailKind.REFUSED
        return
    if (
        not is_conditional
        and (match := wording.honoured.search(sentence))
        and not _is_negated(sentence, match, wording)
    ):
        yield MailKind.HONOURED
    if (match := wording.link.search(sentence)) and not wording.negation.search(sentence, 0, match.start()):
        yield MailKind.LINK
    if (match := wording.asked.search(sentence)) and not wording.negation.search(sentence, 0, match.start()):
        yield MailKind.ASKED
    if (match := wording.received.search(sentence)) and not wording.negation.search(sentence, 0, match.start()):
        yield MailKind.RECEIVED


def _is_negated(sentence: str, match: re.Match[str], wording: _Wording) -> bool:
    """Whether a negation stands before the end of the clause: in German and Dutch it can follow the verb."""
    tail = wording.tail.search(sentence, match.end())
    return wording.negation.search(sentence, 0, tail.start() if tail else len(sentence)) is not None
