"""The sentences of the guidance by their ids, apart from its structure and facts."""

from collections.abc import Mapping
from typing import NamedTuple


class GuidanceTexts(NamedTuple):
    """The sentences by id, in one language. `{name}` in a sentence is filled by `sentence`."""

    language: str
    sentences: Mapping[str, str]

    def sentence(self, id: str, /, **values: object) -> str:
        """The sentence with its `{names}` filled in; the id itself where a text is missing, so that nothing breaks."""
        sentence = self.sentences.get(id)
        if sentence is None:
            return id
        return sentence.format_map(values) if values else sentence

    def __contains__(self, id: object) -> bool:
        return id in self.sentences
