"""The sentences of the guidance by their ids, apart from its structure and facts."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.language.translation import Sentence, language_in_use, pgettext
from metaoptout_tui.core.text import clean_line


class GuidanceTexts(NamedTuple):
    """The sentences by id, in the language they were written in. `{name}` in a sentence is filled by `sentence`.

    `load_country_names` gives the names of each country, in the language in use first. `translations` are those that an edition brings itself, by language and id; the program has others for its own words.
    """

    language: str
    sentences: Mapping[str, str]
    translations: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    load_country_names: Callable[[], Mapping[str, tuple[str, ...]]] = dict

    def country_name(self, code: str) -> str:
        """The name of a country in the language in use; the cleaned code itself where it has none."""
        return next(iter(self.load_country_names().get(code, ())), clean_line(code))

    def sentence(self, id: str, /, **values: object) -> str:
        """The sentence in the language in use, with its `{names}` filled in.

        A translation belongs to the id and the very words it was made from, so that a changed sentence is not told in
        its former meaning. The id itself stands where a text is missing, so that nothing breaks.
        """
        sentence = self.sentences.get(id)
        if sentence is None:
            return id
        brought = self.translations.get(language_in_use(), {}).get(id) if self.translations else None
        sentence = pgettext(id, sentence) if brought is None else Sentence(brought)
        return sentence.format(**values) if values else sentence

    def __contains__(self, id: object) -> bool:
        return id in self.sentences
