"""Opens compound files (OLE2) of anyone: olefile trusts what their headers say. [MS-CFB]"""

from __future__ import annotations

import io
import struct
from typing import Any

FAILURES = (
    *(OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, EOFError),
    *(struct.error, RecursionError),
)
"""What olefile raises on damaged files beside its own errors; its walk over the directory is recursive."""
_HEADER = struct.Struct("<28sHHHHLLLLLLLLLL")
_SMALLEST = 1536
"""Bytes of a header, a table of sectors and a directory; olefile takes less for a path."""
_HEADER_TABLE = 109
"""Sectors of the table that the header itself names."""


def opened(data: bytes) -> Any:
    """The compound file.

    Raises:
        ValueError: its header names more than the file can hold; olefile would loop or allocate on it.
        OSError and others of `FAILURES`: it cannot be read.
    """
    import olefile

    if len(data) < _SMALLEST:
        raise ValueError("no room for a header")
    _, _, shift, small, _, _, _, fat, _, _, _, _, mini, _, double = _HEADER.unpack_from(data)
    if shift not in (9, 12) or small != 6:
        raise ValueError("no such size of sectors")
    sectors = (len(data) >> shift) + 1
    if fat > 2 * (4 * sectors >> shift) + _HEADER_TABLE or max(mini, double) > sectors:
        raise ValueError("tables of sectors are larger than the file")

    ole: Any = olefile.OleFileIO()
    # What is put aside here looks through a list for each entry: quadratic in a large directory.
    ole._check_duplicate_stream = lambda *_: None  # noqa: SLF001
    ole.open(io.BytesIO(data))
    if ole.root is None or ole.root.size > len(data):
        raise ValueError("no root")
    return ole
