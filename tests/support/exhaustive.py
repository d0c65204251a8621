"""Which cases of a test run by default, and which wait for `pytest -m exhaustive`."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import pytest
from hypothesis import settings


def parametrize_some(
    default: int | Collection[object],
    names: str | Sequence[str],
    cases: Iterable[Any],
    *,
    ids: Iterable[str] | Callable[[Any], str] | None = None,
) -> pytest.MarkDecorator:
    """`pytest.mark.parametrize`, but only some cases run by default: the first few, or those that are named."""
    cases = list(cases)
    if not isinstance(default, int):
        missing = [case for case in default if case not in cases]
        assert not missing, f"no case of this test: {missing}"
    parameters = []
    for index, case in enumerate(cases):
        chosen = index < default if isinstance(default, int) else case in default
        values = (case,) if isinstance(names, str) else case
        parameters.append(pytest.param(*values, marks=() if chosen else pytest.mark.exhaustive))
    return pytest.mark.parametrize(names, parameters, ids=ids)


def examples(count: int) -> int:
    """How many examples a property test tries that is worth more than others: a fifth of them by default."""
    return count if settings.get_current_profile_name() == "exhaustive" else count // 5
