"""The styles of the program, parsed once for all apps that tests open: parsing takes a sixth of the time of opening one."""

from collections.abc import Mapping
from typing import Any, cast

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parse_rules = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}
_sheets: dict[tuple[object, ...], tuple[list[RuleSet], dict[str, list[RuleSet]]]] = {}
_variable_sets: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}


def share_parsed_styles() -> None:
    """Let every stylesheet with the same variables, which are those of a theme, take the rules that one has parsed."""
    RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign] # by identity too, and not in Python: asked per rule and widget
    Stylesheet.parse = _take_or_parse_all  # type: ignore[method-assign,assignment] # leaves the same rules
    Stylesheet.rules_map = property(_parse_before_mapping)  # type: ignore[assignment,method-assign] # gives the same
    Stylesheet._parse_rules = _take_or_parse  # type: ignore[method-assign,assignment] # takes and gives the same


def _same_variables(stylesheet: Stylesheet) -> int:
    """The identity of the one set of variables that all stylesheets with these variables share."""
    variables = stylesheet._variables
    last = stylesheet.__dict__.get("_shared_variables")
    if last is None or last[0] is not variables:
        last = (variables, _variable_sets.setdefault(tuple(sorted(variables.items())), variables))
        stylesheet.__dict__["_shared_variables"] = last
    return id(last[1])


def _take_or_parse_all(stylesheet: Stylesheet) -> None:
    key = (_same_variables(stylesheet), *stylesheet.source.items())
    if key not in _sheets:
        _parse_all(stylesheet)
        _sheets[key] = (stylesheet._rules, stylesheet.rules_map)
    stylesheet._rules, stylesheet._rules_map = _sheets[key]
    stylesheet._require_parse = False


_parse_all = Stylesheet.parse


def _parse_before_mapping(stylesheet: Stylesheet) -> dict[str, list[RuleSet]]:
    assert stylesheet.rules is not None  # reading them parses what is not parsed yet, and takes the map along
    return cast("dict[str, list[RuleSet]]", _map_rules(stylesheet))


_map_rules: Any = Stylesheet.rules_map.fget  # type: ignore[attr-defined] # a property of a class


def _take_or_parse(stylesheet: Stylesheet, css: str, *where: Any, **more: Any) -> list[RuleSet]:
    key = (_same_variables(stylesheet), css, *where, *more.items())
    if key not in _parsed:
        _parsed[key] = _parse_rules(stylesheet, css, *where, **more)
    return _parsed[key]
