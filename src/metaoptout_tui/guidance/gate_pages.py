"""Tells pages that stand before a page: a check for robots, a question about cookies, a log-in.

A server may send one of them with the status of success in the place of what was asked for. Taken for the page, it would
be told as a change of it. Such a page is short and says what it is at its beginning.
"""

import re
from collections.abc import Iterable

from metaoptout_tui.core.language.translation import mark

MAX_GATE_CHARACTERS = 2_000
"""A page with more text is taken for what it says it is."""

_GATES = (
    (
        mark("it asks whether a person is looking first"),
        (
            r"just a moment|checking (?:your browser|if the site connection)|attention required|pardon our interruption"
            r"|(?:verify|confirm|checking|check)\w* (?:that |if |whether )?you(?:'re| are) (?:a |not a )?(?:human|robot|bot)"
            r"|are you (?:a )?(?:human|robot)|unusual (?:traffic|activity)|captcha|ddos protection|security (?:check|verification)"
            r"|enable (?:javascript|js) and (?:cookies|disable)|making sure you(?:'re| are)|human verification|prove you(?:'re| are)"
            r"|waiting room|you are (?:now )?in (?:line|the queue)|warteraum|kein bot|no eres un bot|pas un bot|geen bot"
            r"|sicherheitsüberprüfung|ob sie ein mensch sind|kein roboter"
            r"|vérification de (?:sécurité|votre navigateur)|pas un robot|geen robot|of u een mens bent|no (?:eres|soy) un robot"
            r"|non sei un robot|verifica di sicurezza"
        ),
    ),
    (
        mark("it lets nobody in at the moment"),
        (
            r"access (?:to this page (?:has been|is) )?denied|(?:request|access) (?:was |is |has been )?(?:blocked|rejected)"
            r"|you(?:'ve| have) been (?:temporarily )?blocked|you(?:'re| are| were) (?:temporarily )?blocked|request unsuccessful"
            r"|(?:page|site|url|content) (?:is |was |has been )?blocked|(?:content|page) (?:isn't|is not) available right now|too many requests|not available in your (?:country|region)"
            r"|(?:zugriff|zugang) (?:verweigert|gesperrt)|accès refusé|toegang geweigerd|acceso denegado|accesso negato"
            r"|temporarily unavailable|under maintenance|wartungsarbeiten|en maintenance|in onderhoud"
        ),
    ),
    (
        mark("it asks for consent to cookies first"),
        (
            r"before you continue|privacy gate|pur[- ]abo|continuer sans accepter|zustimmung zu cookies"
            r"|(?:uw|je|your) privacy (?:matters|is (?:important|belangrijk))|(?:deine|ihre) privatsphäre ist uns"
            r"|nos importa (?:tu|su) privacidad|la tua privacy è importante|(?:we|wir|nous|wij|noi|nosotros)(?:,)? (?:and|und|et|en|e|y) "
            r"(?:our|unsere|nos|onze|i nostri|nuestros) (?:\d+ )?(?:\w+ )?(?:partner|partenaires|socios)"
            r"|(?:accept|allow) (?:all )?cookies|(?:alle )?cookies (?:akzeptieren|zulassen|accepteren)|accepter (?:les|tous les) cookies"
            r"|aceptar (?:todas las )?cookies|accetta (?:tutti i )?cookie|we value your privacy|mit werbung (?:weiter|lesen)"
            r"|(?:cookie|privacy)[- ](?:wall|consent|einwilligung|instellingen|einstellungen)|datenschutz ist uns wichtig"
            r"|respect(?:ons)? (?:de )?votre vie privée"
        ),
    ),
    (
        mark("it asks for a log-in first"),
        (
            r"(?:you must |you need to |please )?(?:log|sign) ?in ?(?:to (?:continue|facebook|instagram|threads|your account|view)"
            r"|or (?:sign up|register))|you must (?:log|sign) in|(?:bitte )?(?:melde dich|melden sie sich) an|anmelden, um"
            r"|anmelden oder registrieren|connectez-vous|se connecter (?:à|pour)|log in (?:om|bij|op)|aanmelden (?:om|bij)"
            r"|inicia(?:r)? sesión (?:para|en)|accedi (?:a|per)"
        ),
    ),
)


def why_gate(beginnings: Iterable[str], size: int) -> str:
    """Why a page of this many characters is a gate, by its title and first blocks; empty for a page."""
    if size > MAX_GATE_CHARACTERS:
        return ""
    words = "\n".join(beginnings).replace("’", "'")
    return next((why for why, pattern in _GATES if re.search(rf"\b(?:{pattern})", words, re.IGNORECASE)), "")
