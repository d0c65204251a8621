"""The bundled list of data protection authorities, read when one is asked for."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from metaoptout_tui.core.authority import Authorities, Authority, Page
from metaoptout_tui.core.errors import GuidanceError
from metaoptout_tui.guidance.loader import read_bundled

AUTHORITIES, SENTENCES = "authorities.toml", "texts/authorities.toml"


@cache
def load_authorities() -> Authorities:
    """All authorities with their English sentences, built once. Raises GuidanceError where the installation is damaged."""
    found, texts = read_bundled(AUTHORITIES), read_bundled(SENTENCES)
    try:
        return Authorities(
            MappingProxyType({code: _authority(code, row) for code, row in found["authority"].items()}),
            found["fallback"],
            MappingProxyType(texts["en"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise GuidanceError(
            f"{AUTHORITIES}: the list of authorities that comes with the program cannot be read ({error}).",
            kept="Your record is not touched.",
            todo="Install the program again.",
        ) from error


def _authority(code: str, row: Mapping[str, Any]) -> Authority:
    return Authority(
        code=code,
        name=row["name"],
        site=row["site"],
        complaint=row["complaint"],
        verified=row["verified"],
        lists=tuple(row["lists"]),
        languages=tuple(row["languages"]),
        land=row.get("land", ""),
        emails=(*row.get("emails", ()), *row.get("emails_x", ())),
        notes=tuple(row.get("notes", ())),
        also=tuple(
            Page(page["what"], page["url"], page["language"], tuple(page["lists"]), page["verified"])
            for page in row.get("also", ())
        ),
    )
