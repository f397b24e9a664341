"""ZIP archives that are the same for the same content: no time and no machine shows in them."""

import io
from collections.abc import Mapping
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
FROM_UNIX, READABLE = 3, 0o100644 << 16


def entry(name: str) -> ZipInfo:
    """The head of a file in an archive, as it stands there on every machine and at any hour."""
    head = ZipInfo(name, NO_TIME)
    head.create_system, head.external_attr = FROM_UNIX, READABLE
    return head


def packed(files: Mapping[str, bytes], *, method: int = ZIP_DEFLATED) -> bytes:
    """An archive of files by name, in their order; ZIP_STORED where no compressor may show either."""
    out = io.BytesIO()
    with ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(entry(name), content, method)
    return out.getvalue()
