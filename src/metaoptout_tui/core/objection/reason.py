"""Composes the optional reason of an objection from chosen options, and checks it before it is sent.

A reason stays empty unless the person wants one. A composed reason has two to four sentences: the objection with its
purpose and data, the personal situation, the effects, and what is asked of Meta.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from metaoptout_tui.core.guidance.playbook import Playbook, ReasonPrompt
from metaoptout_tui.core.record.account_names import whose_data
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.text import capitalize_first

MIN_REASON_LENGTH, MAX_REASON_LENGTH = 100, 600
"""Characters of a reason; as many as older forms accept too."""


@dataclass(frozen=True, slots=True)
class ReasonPhrases:
    """The phrases of reasons in one language.

    `opening` takes `{law}` and `{data}`; `in_particular` puts all data before the `{data}` that were chosen.
    `opening_from_elsewhere`, for data that Meta has from others, takes `{law}`; `on_behalf` takes `{whose}`, the name of
    another person whose data or account it is, and `on_behalf_of_child` that of a child whom the person represents.
    `situation`, `effects` and `requests` take `{clauses}`. `laws` has a phrase
    for each `Region.law`, with a blank before it where it is not empty, and `parts` one for each option. `conjunction`
    joins the last two of a list (`and`). The word stems are matched at the start of a word, without regard to case, to
    see what a reason asks for that was written by hand.
    """

    language: str
    opening: str
    in_particular: str
    opening_from_elsewhere: str
    on_behalf: str
    on_behalf_of_child: str
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
    """What may make a reason ineffective; the text of each is `reason-warning.VALUE`."""

    ONLY_WITHDRAWS = "only-withdraws"
    ONLY_DELETES = "only-deletes"
    CONTAINS_NUMBER = "holds-number"
    TOO_SHORT = "short"
    TOO_LONG = "long"


def reason_prompts_of(account: Account, record: Record, playbook: Playbook) -> tuple[ReasonPrompt, ...]:
    """The questions that fit an account; for data from elsewhere only with options that can be true without one.

    Where it is another person's, such as a child's own account, whether one represents them is asked, and not their work.
    """
    left_out = {_WORK} if whose_data(account, record, playbook) else {_ROLE}
    prompts = tuple(prompt for prompt in playbook.prompts if prompt.id not in left_out)
    if not account.is_from_elsewhere:
        return prompts
    return tuple(
        prompt._replace(options=prompt.options_from_elsewhere) for prompt in prompts if prompt.options_from_elsewhere
    )


_ROLE, _WORK = "role", "work"
"""The prompts that are asked only, and not at all, about the data of another person: most often a child."""


def compose_reason_of(
    account: Account, record: Record, playbook: Playbook, chosen: Collection[str], phrases: ReasonPhrases, law: str
) -> str:
    """The reason for an account, empty when no option is chosen; first for whom it is, where it is another person's.

    For data from elsewhere it says nothing of using Meta's services or of own posts.
    """
    prompts, whose = reason_prompts_of(account, record, playbook), whose_data(account, record, playbook)
    is_represented = any(prompt.id == _ROLE and {*chosen} & {*prompt.options} for prompt in prompts)
    clauses = _clauses_by_group(prompts, chosen, phrases)
    if not is_represented and not any(clauses.values()):
        return ""
    law_phrase = phrases.laws.get(law, phrases.laws["none"])
    if account.is_from_elsewhere:
        opening = phrases.opening_from_elsewhere.format(law=law_phrase)
    else:
        opening = phrases.opening.format(law=law_phrase, data=_data_objected_to(prompts, clauses["data"], phrases))
    if whose:
        on_behalf = phrases.on_behalf_of_child if is_represented else phrases.on_behalf
        opening = f"{on_behalf.format(whose=whose)} {opening}"
    return _join_sentences(opening, clauses, phrases)


def _data_objected_to(prompts: Iterable[ReasonPrompt], chosen: list[str], phrases: ReasonPhrases) -> str:
    """All data that the prompts offer, or all data and these in particular.

    An objection names a purpose and is not about single items.
    """
    every_option = [option for prompt in prompts for option in prompt.options]
    all_data = _clauses_by_group(prompts, every_option, phrases)["data"]
    data = _join_list(chosen or all_data, phrases.conjunction)
    return phrases.in_particular.format(data=data) if chosen and chosen != all_data else data


def _clauses_by_group(
    prompts: Iterable[ReasonPrompt], chosen: Collection[str], phrases: ReasonPhrases
) -> Mapping[str, list[str]]:
    """The phrases of the chosen options in the order of the questions, by the sentence they go into.

    An option without a phrase in this language is left out.
    """
    clauses: dict[str, list[str]] = {"role": [], "data": [], "situation": [], "effects": [], "requests": []}
    for prompt in prompts:
        parts = (phrases.parts.get(option, "") for option in prompt.options if option in chosen)
        clauses[prompt.group].extend(filter(None, parts))
    return clauses


def _join_sentences(opening: str, clauses: Mapping[str, list[str]], phrases: ReasonPhrases) -> str:
    """The opening and a sentence for each other group with clauses."""
    templates = {"situation": phrases.situation, "effects": phrases.effects, "requests": phrases.requests}
    sentences = [
        template.format(clauses=_join_list(clauses[group], phrases.conjunction))
        for group, template in templates.items()
        if clauses[group]
    ]
    return " ".join(map(capitalize_first, (opening, *sentences)))


def check_reason(reason: str, every_language: Iterable[ReasonPhrases]) -> tuple[ReasonWarning, ...]:
    """The warnings on a reason before it is sent; none for an empty one, which is allowed.

    An objection names a purpose to stop; a text that only withdraws consent or only asks for deletion does not. The
    stems of every language are matched, since people write in the language of their form.
    """
    text = reason.strip()
    if not text:
        return ()
    warnings = []
    languages = list(every_language)
    has_objection = any(_contains_stem(text, phrases.objection_stems) for phrases in languages)
    if not has_objection and any(_contains_stem(text, phrases.withdrawal_stems) for phrases in languages):
        warnings.append(ReasonWarning.ONLY_WITHDRAWS)
    if not has_objection and any(_contains_stem(text, phrases.deletion_stems) for phrases in languages):
        warnings.append(ReasonWarning.ONLY_DELETES)
    if _contains_number(text):
        warnings.append(ReasonWarning.CONTAINS_NUMBER)
    if len(text) < MIN_REASON_LENGTH:
        warnings.append(ReasonWarning.TOO_SHORT)
    elif len(text) > MAX_REASON_LENGTH:
        warnings.append(ReasonWarning.TOO_LONG)
    return tuple(warnings)


def _contains_number(text: str) -> bool:
    """Whether a text contains what looks like the number of a person, an account or a telephone.

    Dates and years are removed first, since they may be in a reason. Eight digits are the fewest of a personal number
    (a Danish telephone, a Spanish identity card).
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
    """The items in one phrase. One that ends with an inner clause has a comma behind it, which stands before `last` alone."""
    if not items:
        return ""
    *before, final = (item.rstrip(",") for item in items)
    if not before:
        return final
    comma = "," if items[-2].endswith(",") else ""
    return f"{', '.join(before)}{comma} {last} {final}"
