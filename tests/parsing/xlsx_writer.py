"""Excel workbooks: by openpyxl, and by hand where a file holds what it does not write."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

Value = str | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def make_xlsx(
    sheets: Mapping[str, Sequence[Sequence[Value]]],
    *,
    hidden: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
    title: str = "",
    author: str = "",
) -> bytes:
    """`formats`: cell of the first sheet to its number format."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    for cell, number_format in (formats or {}).items():
        workbook.worksheets[0][cell].number_format = number_format
    workbook.properties.title, workbook.properties.creator = title, author
    workbook.properties.created = datetime.datetime(2024, 5, 31)
    packed = io.BytesIO()
    workbook.save(packed)
    return packed.getvalue()


def with_sheet(content: bytes, rows: str, number: int = 1, head: str = "") -> bytes:
    """The workbook with a sheet written by hand: `rows` is what its sheetData holds."""
    sheet = f"{head}<worksheet {NAMES}><sheetData>{rows}</sheetData></worksheet>"
    return with_part(content, f"xl/worksheets/sheet{number}.xml", sheet.encode())


def with_part(content: bytes, name: str, part: bytes | None) -> bytes:
    """The archive with one part replaced, or left out where it is None."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in archive.infolist():
            if info.filename != name:
                copy.writestr(info.filename, archive.read(info))
        if part is not None:
            copy.writestr(name, part)
    return packed.getvalue()
