"""Makes zips that are as large as a download with all its media, and take hardly any space: media are holes."""

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LIMIT = 0xFFFFFFFF


def write_sparse_zip(
    path: Path,
    files: Mapping[str, bytes],
    *,
    media: int,
    media_bytes: int,
    folder: str = "your_facebook_activity/posts/media/",
) -> Path:
    """A zip with these files and, behind them, so many stored photos of so many bytes each."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    whole = packed.getvalue()
    end = whole.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<2L", whole, end + 12)
    central = bytearray(whole[start : start + size])
    with path.open("wb") as file:
        file.write(whole[:start])
        at = start
        for number in range(media):
            photo = f"{folder}{number:07}.jpg".encode()
            file.seek(at)
            file.write(_LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, 0, media_bytes, media_bytes, len(photo), 0) + photo)
            extra = struct.pack("<2HQ", 1, 8, at) if at >= _LIMIT else b""
            central += _CENTRAL.pack(
                b"PK\x01\x02", 20, 45, 0, 0, 0, 33, 0, media_bytes, media_bytes, len(photo), len(extra), 0, 0, 0, 0,
                min(at, _LIMIT),
            )  # fmt: skip
            central += photo + extra
            at += _LOCAL.size + len(photo) + media_bytes
        file.seek(at)
        count = len(files) + media
        file.write(central)
        file.write(struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(central), at))
        file.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, at + len(central), 1))
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, _LIMIT, _LIMIT, 0))
    return path
