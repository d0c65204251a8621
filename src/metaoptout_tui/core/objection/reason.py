"""Composes the optional reason of an objection from chosen options, and checks it before it is sent.

A reason stays empty unless the person wants one. A composed reason has two to four sentences: the objection with its purpose
and data, the personal situation, the effects, and what is asked of Meta.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from metaoptout_tui.core.guidance.playbook import ReasonPrompt

MIN_REASON_LENGTH, MAX_REASON_LENGTH = 100, 600
"""Characters that also fit older forms."""


@dataclass(frozen=True, slots=True)
class ReasonPhrases:
    """What a reason is made of in one language.

    `opening` takes `{law}` and `{data}`; `situation`, `effects` and `requests` take `{clauses}`. `laws` is keyed by
    `Region.law` and begins with a blank where it is not empty, `parts` is keyed by option. `last` joins the last two of a list (`and`). The word stems after it are matched
    without regard to case, at the start of a word, to see what a text written by hand asks for.
    """

    language: str
    opening: str
    situation: str
    effects: str
    requests: str
    conjunction: str
    laws: Mapping[str, str]
    parts: Mapping[str, str]
    objection_stems: tuple[str, ...]
    withdrawal_stems: tuple[str, ...]
    deletion_stems: tuple[str, ...]


class ReasonWarning(StrEnum):
    """What may make a reason miss its target; the text of each is `reason-warning.VALUE`."""

    ONLY_WITHDRAWS = "only-withdraws"
    ONLY_DELETES = "only-deletes"
    CONTAINS_NUMBER = "holds-number"
    TOO_SHORT = "short"
    TOO_LONG = "long"


def compose_reason(prompts: Iterable[ReasonPrompt], chosen: Collection[str], words: ReasonPhrases, law: str) -> str:
    """The sentences for the chosen options in the language of `words`, empty when nothing known is chosen.

    Where no data is chosen the opening speaks of all that the prompts offer, because an objection names a purpose and
    is not about single items. An option without words in this language is left out.
    """
    groups: dict[str, list[str]] = {"data": [], "situation": [], "effects": [], "requests": []}
    every_data: list[str] = []
    for prompt in prompts:
        for option in prompt.options:
            part = words.parts.get(option, "")
            if part and prompt.group == "data":
                every_data.append(part)
            if part and option in chosen:
                groups[prompt.group].append(part)
    if not any(groups.values()):
        return ""
    data = _join_list(groups["data"] or every_data, words.conjunction)
    sentences = [words.opening.format(law=words.laws.get(law, words.laws["none"]), data=data)]
    if groups["situation"]:
        sentences.append(words.situation.format(clauses=_join_list(groups["situation"], words.conjunction)))
    if groups["effects"]:
        sentences.append(words.effects.format(clauses=_join_list(groups["effects"], words.conjunction)))
    if groups["requests"]:
        sentences.append(words.requests.format(clauses=_join_list(groups["requests"], words.conjunction)))
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences)


def check_reason(reason: str, every_language: Iterable[ReasonPhrases]) -> tuple[ReasonWarning, ...]:
    """What to tell the person before they send this text; nothing for an empty one, which is fine as it is.

    An objection names a purpose to stop; a text that only withdraws consent or only asks for deletion misses
    that. Every language is looked at, since people write in the language of their form.
    """
    text = reason.strip()
    if not text:
        return ()
    warnings = []
    languages = list(every_language)
    objects = any(_contains_stem(text, words.objection_stems) for words in languages)
    if not objects and any(_contains_stem(text, words.withdrawal_stems) for words in languages):
        warnings.append(ReasonWarning.ONLY_WITHDRAWS)
    if not objects and any(_contains_stem(text, words.deletion_stems) for words in languages):
        warnings.append(ReasonWarning.ONLY_DELETES)
    if _contains_number(text):
        warnings.append(ReasonWarning.CONTAINS_NUMBER)
    if len(text) < MIN_REASON_LENGTH:
        warnings.append(ReasonWarning.TOO_SHORT)
    elif len(text) > MAX_REASON_LENGTH:
        warnings.append(ReasonWarning.TOO_LONG)
    return tuple(warnings)


def _contains_number(text: str) -> bool:
    """Whether a text holds what looks like the number of a person, an account or a telephone.

    Dates and years are taken out first: they belong in a reason. Eight digits are the fewest that tell a person apart (a
    Danish telephone, a Spanish identity card).
    """
    rest = re.sub(_DATE_PATTERN, "…", text, flags=re.VERBOSE)
    if re.search(_PERSONAL_NUMBER_PATTERN, rest, re.VERBOSE):
        return True
    ibans = re.finditer(_IBAN_PATTERN, rest, re.VERBOSE)
    return any(sum(sign.isdigit() for sign in iban[0]) >= _MIN_IBAN_DIGITS for iban in ibans)


_MIN_IBAN_DIGITS = 8
_DATE_PATTERN = r"""
    (?<![\w./-]) (?<!\d[ ])
    (?:
        (?:0?[1-9]|[12]\d|3[01]) (?P<a>[./-][ ]?|[ ]) (?:0?[1-9]|[12]\d|3[01]) (?P=a) (?:(?:19|20)\d\d|\d\d)  # 27.05.2025
      | (?:19|20)\d\d (?P<b>[./-]) (?:0?[1-9]|1[0-2]) (?P=b) (?:0?[1-9]|[12]\d|3[01])                      # 2025-05-27
      | (?:19|20)\d\d (?:[ ]?[–—/,-][ ]?(?:19|20)\d\d | [ ](?:19|20)\d\d)+                                # 2015-2025
    )
    (?:,?[ ]\d{1,2}[:.h]\d\d)?
    (?! \w | [./-]\d | [ ]\d)
"""
_PERSONAL_NUMBER_PATTERN = r"""
    \b (?=(?:[A-Z]*\d){4}) (?=\d*[A-Z]) [A-Z0-9]{8,9} \b               # passport, identity card
  | \b [A-Z]{6} \d{2} [A-Z] \d{2} [A-Z] \d{3} [A-Z] \b               # Italian codice fiscale
  | \b [A-Z]{2} [ ]? (?:\d{2} [ ]?){3} [A-D] \b                      # British National Insurance number
  | (?<!\d) 0\d{1,4} [ ]? / [ ]? \d (?:[ .-]?\d){4,}                 # telephone, as in 030/123456
  | (?<!\d) \d (?:[ .-]{0,3} \(?\d\)?){7,} (?!\d)                    # eight digits and more
"""
_IBAN_PATTERN = r"\b [A-Z]{2}\d{2} (?:[ ]?[A-Z0-9]{4}){2,7} (?:[ ]?[A-Z0-9]{1,4})? \b"


def _contains_stem(text: str, stems: Iterable[str]) -> bool:
    folded = text.casefold()
    return any(re.search(rf"(?<!\w){re.escape(stem.casefold())}", folded) for stem in stems)


def _join_list(items: list[str], last: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
