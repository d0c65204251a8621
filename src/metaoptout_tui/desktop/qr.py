"""Draws an address as a QR code, so that a phone can open what this terminal cannot."""

import re

from metaoptout_tui.core.links import SafeUrl

QUIET_ZONE_MODULES = 4
"""Light modules around the code (ISO/IEC 18004)."""

_LONG_NUMBER = re.compile(r"(\d{8,})")
_HALF_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_lines(url: SafeUrl, *, max_columns: int, max_rows: int) -> tuple[str, ...] | None:
    """The code in half blocks, each character one module wide and two high; None when it does not fit.

    All lines are equally long and include the quiet zone. Paint them dark on light in every theme: many readers take no
    inverted code. Error correction is medium (M), low (L) where only that fits, and higher where it costs no
    room.
    """
    import segno

    address = str(url)
    # Digits take less room in a segment of their own, which every reader knows too.
    segments = [(part, None) for part in _LONG_NUMBER.split(address) if part]
    for content, level in ((address, "M"), (address, "L"), (segments, "L")):
        code = segno.make(content, error=level, micro=False)  # type: ignore[arg-type]  # segments, which its types forget
        side = len(code.matrix) + 2 * QUIET_ZONE_MODULES
        if side <= max_columns and (side + 1) // 2 <= max_rows:
            dark = [[False] * side for _ in range(side + side % 2)]
            for row, modules in enumerate(code.matrix, QUIET_ZONE_MODULES):
                dark[row][QUIET_ZONE_MODULES:-QUIET_ZONE_MODULES] = [bool(module) for module in modules]
            return tuple(
                "".join(_HALF_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
                for upper, lower in zip(dark[::2], dark[1::2], strict=True)
            )
    return None
