"""What a mail says, told by its wording in six languages; a condition decides nothing, a negation does not confirm."""

import pytest

from metaoptout_tui.core.mail import find_reference
from metaoptout_tui.core.mail_wording import MailKind, classify_mail

CONFIRMS = {
    "en": "We will honour your objection.",
    "en, done": "Your objection has been applied to this account.",
    "de": "Wir werden deinem Widerspruch nachkommen und deine Daten nicht mehr verwenden.",
    "de, verb first": "Wir berücksichtigen Ihren Widerspruch ab heute.",
    "nl": "Wij zullen uw bezwaar respecteren.",
    "fr": "Nous respecterons votre opposition.",
    "es": "Hemos aplicado tu oposición a esta cuenta.",
    "it": "La tua richiesta verrà applicata d'ora in avanti allo sviluppo e al miglioramento dell'IA in Meta.",
    "it, opposition": "Abbiamo accolto: la tua opposizione è stata accolta.",
}

NOT_CONFIRMED = {
    "en": "This does not mean that we will honour your objection.",
    "en, short": "We haven't applied your objection.",
    "de": "Das heißt nicht, dass wir deinem Widerspruch nachkommen werden.",
    "de, after the verb": "Wir akzeptieren deinen Widerspruch nicht.",
    "nl": "Dit betekent niet dat we je bezwaar zullen honoreren.",
    "fr": "Cela ne signifie pas que nous respecterons votre opposition.",
    "es": "Esto no significa que aplicaremos tu oposición.",
    "it": "Questo non significa che accoglieremo la tua opposizione.",
}

CONDITIONAL = {
    "en": "We will let you know whether we will honour your objection.",
    "en, later": "We will honour your objection once we have verified your identity.",
    "en, may": "We may have to reject it, or may have honoured your objection.",
    "de": "Wir teilen dir mit, ob wir deinem Widerspruch nachkommen werden.",
    "de, if": "Wenn wir deinem Widerspruch entsprechen, schreiben wir dir.",
    "nl": "We laten je weten of we je bezwaar zullen honoreren.",
    "nl, if": "Als we je bezwaar inwilligen, hoor je van ons.",
    "fr": "Nous vous dirons si nous respecterons votre opposition.",
    "fr, once": "Une fois votre identité vérifiée, nous appliquerons votre opposition.",
    "es": "Te diremos si aplicaremos tu oposición.",
    "es, when": "Cuando confirmes tu identidad, aplicaremos tu oposición.",
    "it": "Ti faremo sapere se accoglieremo la tua opposizione.",
    "it, once": "Una volta verificata la tua identità, applicheremo la tua opposizione.",
}

REFUSES = {
    "en": "We have looked at this and cannot take further action.",
    "en, rejected": "Your objection was rejected.",
    "de": "Wir können deinem Widerspruch leider nicht entsprechen.",
    "nl": "Je bezwaar is afgewezen.",
    "fr": "Nous ne pouvons pas donner suite à votre opposition.",
    "es": "No podemos aplicar tu oposición.",
    "it": "La tua opposizione è stata respinta.",
}

RECEIPTS = {
    "en": "We have received your request. We don't automatically fulfill requests sent using this form.",
    "en, reviewed": "This does not mean that we will honour your objection. We will review it.",
    "de": "Wir haben deine Anfrage erhalten. Sie wird geprüft.",
    "nl": "We hebben je verzoek ontvangen.",
    "fr": "Nous avons bien reçu votre demande.",
    "es": "Hemos recibido tu solicitud.",
    "it": "Abbiamo ricevuto la tua richiesta.",
    "en, and nothing more": "Your request has been received.",
    "en, automatic": "This automatic mail confirms receipt of your objection.",
    "de, and nothing more": "Hiermit bestätigen wir den Eingang deines Widerspruchs.",
    "de, subject": "Eingangsbestätigung",
    "nl, and nothing more": "Je bezwaar is goed ontvangen.",
    "nl, automatic": "Dit is een ontvangstbevestiging.",
    "fr, and nothing more": "Nous accusons réception de votre opposition.",
    "fr, passive": "Votre demande a bien été reçue.",
    "es, and nothing more": "Acusamos recibo de tu solicitud.",
    "es, passive": "Tu solicitud ha sido recibida.",
    "it, and nothing more": "Confermiamo la ricezione della tua richiesta.",
    "it, passive": "La tua richiesta è stata ricevuta.",
}

LINKS = {
    "en": "Please click the link below to confirm your request.",
    "de": "Klicke auf den Link, um deine Anfrage zu bestätigen.",
    "nl": "Klik op de link om je verzoek te bevestigen.",
    "fr": "Cliquez sur ce lien pour confirmer votre demande.",
    "es": "Haz clic en el enlace para confirmar tu solicitud.",
    "it": "Clicca sul link per confermare la tua richiesta.",
}


ASKS = {
    "en": "Please reply with examples of prompts. Once we have received this we will review your request.",
    "en, unable": "We are unable to process your request. Please send us examples of prompts.",
    "en, screenshot": "We need a screenshot of the answer that shows your personal information.",
    "en, identity": "Please provide a copy of your ID.",
    "en, more": "We need more information from you. We will review your request.",
    "de": "Bitte sende uns Beispiele für Prompts, damit wir deine Anfrage prüfen können.",
    "de, screenshots": "Bitte antworten Sie mit Screenshots der Antwort.",
    "de, more": "Wir benötigen weitere Angaben.",
    "nl": "Stuur ons voorbeelden van prompts. Daarna zullen we je verzoek beoordelen.",
    "nl, more": "We hebben meer informatie van je nodig.",
    "fr": "Veuillez nous envoyer des exemples de prompts. Nous examinerons votre demande.",
    "fr, more": "Nous avons besoin d'informations complémentaires.",
    "es": "Envíanos ejemplos de prompts y capturas de pantalla. Revisaremos tu solicitud.",
    "es, more": "Necesitamos más información.",
    "it": "Inviaci esempi di prompt. Esamineremo la tua richiesta.",
    "it, more": "Abbiamo bisogno di ulteriori informazioni.",
}
ASKS_NOTHING = (
    "We have received your request. For more information, see our Privacy Center.",
    "You do not need to send screenshots.",
    "Because you have not provided examples of prompts, we are unable to take further action.",
    "Wir haben deine Anfrage erhalten. Weitere Informationen findest du im Privacy Center.",
    "We hebben je verzoek ontvangen. Heb je vragen? Meer informatie vind je in het Privacycentrum.",
    "Nous avons bien reçu votre demande. Plus d'informations dans l'Espace de confidentialité.",
)


@pytest.mark.parametrize("text", ASKS.values(), ids=ASKS)
def test_a_question_of_meta_counts_more_than_the_receipt_in_the_same_mail(text: str) -> None:
    assert classify_mail("", text) is MailKind.ASKED
    language = next(name for name, each in ASKS.items() if each == text)[:2]
    assert classify_mail("", f"{RECEIPTS[language]} {text}") is MailKind.ASKED
    assert classify_mail("", f"{text} {CONFIRMS[language]}") is MailKind.HONOURED


@pytest.mark.parametrize("text", ASKS_NOTHING)
def test_a_mail_that_wants_nothing_is_not_taken_for_a_question(text: str) -> None:
    assert classify_mail("", text) is not MailKind.ASKED


@pytest.mark.parametrize("sentence", CONFIRMS.values(), ids=CONFIRMS)
def test_a_sentence_that_applies_the_objection_reads_like_a_confirmation(sentence: str) -> None:
    assert classify_mail("", sentence) is MailKind.HONOURED


@pytest.mark.parametrize("sentence", NOT_CONFIRMED.values(), ids=NOT_CONFIRMED)
def test_a_negated_sentence_confirms_nothing(sentence: str) -> None:
    assert classify_mail("", sentence) is not MailKind.HONOURED


@pytest.mark.parametrize("sentence", CONDITIONAL.values(), ids=CONDITIONAL)
def test_a_sentence_with_a_condition_decides_nothing(sentence: str) -> None:
    assert classify_mail("", sentence) not in (MailKind.HONOURED, MailKind.REFUSED)


@pytest.mark.parametrize("sentence", REFUSES.values(), ids=REFUSES)
def test_a_sentence_that_declines_reads_like_a_refusal(sentence: str) -> None:
    assert classify_mail("", sentence) is MailKind.REFUSED


@pytest.mark.parametrize("text", RECEIPTS.values(), ids=RECEIPTS)
def test_a_receipt_is_no_decision(text: str) -> None:
    assert classify_mail("", text) is MailKind.RECEIVED


@pytest.mark.parametrize("sentence", LINKS.values(), ids=LINKS)
def test_a_link_to_open_is_told_from_a_decision(sentence: str) -> None:
    assert classify_mail("", sentence) is MailKind.LINK


@pytest.mark.parametrize("language", ["de", "nl", "fr", "es", "it"])
def test_a_decision_counts_more_than_the_receipt_in_the_same_mail(language: str) -> None:
    assert classify_mail("", f"{RECEIPTS[language]} {CONFIRMS[language]}") is MailKind.HONOURED
    assert classify_mail("", f"{RECEIPTS[language]} {REFUSES[language]}") is MailKind.REFUSED


@pytest.mark.parametrize("language", ["de", "nl", "fr", "es", "it"])
def test_a_mail_that_decides_twice_is_left_to_the_person(language: str) -> None:
    assert classify_mail("", f"{CONFIRMS[language]} {REFUSES[language]}") is MailKind.UNKNOWN


def test_a_request_that_did_not_arrive_is_no_receipt() -> None:
    assert classify_mail("", "Your request was not received.") is MailKind.UNKNOWN
    assert classify_mail("", "We cannot confirm receipt of your request.") is MailKind.UNKNOWN
    assert classify_mail("", "We have not received your request.") is MailKind.UNKNOWN
    assert classify_mail("", "If we cannot take further action, we will write to you.") is MailKind.UNKNOWN


def test_what_the_mail_quotes_of_an_earlier_one_says_nothing() -> None:
    quoted = "Hello,\n\nwe will write soon.\n\n> We will honour your objection.\n > Case 1234567\n"
    assert classify_mail("", quoted) is MailKind.UNKNOWN
    assert find_reference("", quoted) == ""


@pytest.mark.parametrize(
    ("subject", "body", "reference"),
    [
        ("Your request #123456789012345", "", "123456789012345"),
        ("About your request", "Case 9876543: we are looking into it.", "9876543"),
        ("", "Case number: AB-1234567", "AB-1234567"),
        ("", "Deine Vorgangsnummer: 44556677", "44556677"),
        ("", "Zaaknummer 44556677", "44556677"),
        ("", "Numéro de dossier : 44556677", "44556677"),
        ("", "Dossier n° 44556677", "44556677"),
        ("", "Número de caso: 44556677", "44556677"),
        ("", "Numero di riferimento: 44556677", "44556677"),
        ("Re: #1111111", "Case 2222222", "1111111"),
        ("", "Your code is 123456.", ""),
        ("", "In case 12 people ask", ""),
        ("", "© 2026 Meta, Merrion Road, Dublin 4, D04 X2K5", ""),
        ("#2026 in review", "", ""),
        ("", "https://www.facebook.com/help/contact/712876720715583", ""),
    ],
)
def test_the_number_of_the_request_is_found_in_subject_or_text(subject: str, body: str, reference: str) -> None:
    assert find_reference(subject, body) == reference
