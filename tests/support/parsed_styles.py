"""The styles of the program, parsed once for all apps that tests open: parsing takes a sixth of the time of opening one."""

from collections.abc import Mapping
from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parse_rules = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}
_variable_sets: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}


def share_parsed_styles() -> None:
    """Let every stylesheet with the same variables, which are those of a theme, take the rules that one has parsed."""
    Stylesheet._parse_rules = _take_or_parse  # type: ignore[method-assign,assignment] # takes and gives the same


def _take_or_parse(stylesheet: Stylesheet, css: str, *where: Any, **more: Any) -> list[RuleSet]:
    variables = stylesheet._variables
    same = _variable_sets.setdefault(tuple(sorted(variables.items())), variables)
    key = (id(same), css, *where, *more.items())
    if key not in _parsed:
        _parsed[key] = _parse_rules(stylesheet, css, *where, **more)
    return _parsed[key]
