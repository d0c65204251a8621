"""A page that stands before the page that was asked for is never taken for it, and so never for a change of it."""

import pytest

from metaoptout_tui.core.guidance.page_check_results import PageUnreadable
from metaoptout_tui.core.guidance.page_content import PageContent
from metaoptout_tui.guidance.extract import extract_page_content
from metaoptout_tui.guidance.gate_pages import MAX_GATE_CHARACTERS

FILL = "You may object to Meta AI, and this line about your objection is long enough to be a text of its own. " * 3

HUMAN = "it asks whether a person is looking first"
CLOSED = "it lets nobody in at the moment"
CONSENT = "it asks for consent to cookies first"
LOGIN = "it asks for a log-in first"


def read(title: str, heading: str, *paragraphs: str) -> PageContent | PageUnreadable:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<title>{title}</title><main><h1>{heading}</h1>{body}</main>"
    return extract_page_content(page.encode(), charset="utf-8", address="https://noyb.eu/en", expect_text="objection")


@pytest.mark.parametrize(
    ("title", "heading", "words", "why"),
    [
        ("Just a moment...", "noyb.eu", "Checking if the site connection is secure.", HUMAN),
        ("Attention Required! | Cloudflare", "Sorry", "You are unable to access this.", HUMAN),
        ("noyb", "Please verify you are a human", "Press and hold.", HUMAN),
        ("noyb", "One more step", "Complete the CAPTCHA to go on.", HUMAN),
        ("noyb", "Our systems have detected unusual traffic from your network", "Try later.", HUMAN),
        ("Bitte warten", "Sicherheitsüberprüfung", "Wir prüfen Ihren Browser.", HUMAN),
        ("noyb", "Je ne suis pas un robot", "Cochez la case.", HUMAN),
        ("Making sure you’re not a bot!", "Loading", "The administrator has set up a check.", HUMAN),
        ("noyb.eu", "noyb", "Please enable JS and disable any ad blocker.", HUMAN),
        ("Human Verification", "noyb", "Choose all the buses.", HUMAN),
        ("noyb", "You are now in line", "It is your turn soon.", HUMAN),
        ("Stelle sicher, dass Sie kein Bot sind!", "noyb", "Einen Augenblick.", HUMAN),
        ("Access denied", "Error 1020", "What happened?", CLOSED),
        ("noyb", "Request blocked", "The request could not be satisfied.", CLOSED),
        ("noyb", "Zugriff verweigert", "Ihre Anfrage wurde abgelehnt.", CLOSED),
        ("noyb", "Too many requests", "Come back later.", CLOSED),
        ("noyb", "This content is not available in your country", "Sorry.", CLOSED),
        ("noyb", "Wartungsarbeiten", "Wir sind bald zurück.", CLOSED),
        ("noyb", "Sorry, you’ve been blocked", "You are unable to access this.", CLOSED),
        ("Facebook", "You’re Temporarily Blocked", "It looks like you were going too fast.", CLOSED),
        ("Facebook", "This content isn't available right now", "The owner only shared it with few people.", CLOSED),
        ("Web Page Blocked", "FortiGuard", "The page was rated as newly observed.", CLOSED),
        ("Request unsuccessful", "Incident 7", "Call us.", CLOSED),
        ("DPG Media Privacy Gate", "Hallo", "Wij willen iets vragen.", CONSENT),
        ("noyb", "Ihre Privatsphäre ist uns wichtig", "Wählen Sie.", CONSENT),
        ("noyb", "Bonjour", "Continuer sans accepter", CONSENT),
        ("noyb", "Nos importa tu privacidad", "Elige.", CONSENT),
        ("Before you continue", "noyb", "Choose what may be kept.", CONSENT),
        ("noyb", "We value your privacy", "Choose.", CONSENT),
        ("noyb", "Willkommen", "Wir und unsere 143 Partner speichern Informationen auf Ihrem Gerät.", CONSENT),
        ("noyb", "Bonjour", "Nous et nos 812 partenaires stockons des informations.", CONSENT),
        ("noyb", "Hallo", "Alle cookies accepteren of kiezen.", CONSENT),
        ("Log in to Facebook", "Facebook", "Enter your e-mail.", LOGIN),
        ("Log into Facebook", "Facebook", "Enter your e-mail.", LOGIN),
        ("Facebook", "You must log in to continue", "It takes a minute.", LOGIN),
        ("Instagram", "Melde dich an, um fortzufahren", "Mit deinem Konto.", LOGIN),
        ("Facebook", "Connectez-vous à Facebook", "Avec votre compte.", LOGIN),
    ],
)
def test_a_gate_is_named_for_what_it_is_though_it_holds_the_word_of_the_page(
    title: str, heading: str, words: str, why: str
) -> None:
    assert read(title, heading, words, FILL) == PageUnreadable(why)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("How to object", "Log in, open the settings, and fill in the form about your objection."),
        ("Access to your data", "You have a right of access, and Meta may not deny it. Access requests take a month."),
        ("Cookies and you", "This is about cookies, and what consent means for your objection."),
        ("Robots that learn from you", "Meta trains its robots on what humans write."),
        ("How your privacy is protected", "Your objection keeps your posts out of the training."),
        ("Meta AI", "Your objection was blocked? Tell the authority."),
    ],
)
def test_a_page_about_such_things_is_a_page(heading: str, words: str) -> None:
    assert isinstance(read("noyb", heading, words, FILL), PageContent)


def test_a_long_page_that_begins_so_is_a_page() -> None:
    long = FILL * (MAX_GATE_CHARACTERS // len(FILL) + 1)
    assert isinstance(read("noyb", "We value your privacy", long), PageContent)
