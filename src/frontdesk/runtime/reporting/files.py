"""Reports as files: CSV for programs, XLSX to go on reckoning, PDF to print.

CSV follows RFC 4180, in UTF-8 with the mark by which spreadsheets know it; ratios are numbers from
0 to 1 and times are seconds. No cell is taken for a formula, whatever a queue or topic is called.
"""

# The writers of XLSX and PDF have no types, or not all.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from frontdesk.runtime.reporting.sheets import Sheet, write_figure
from frontdesk.views.semantics.model import Unit

PDF_ROWS_MAX: Final = 2_000
"""Rows of a PDF: more than that nobody reads on paper."""

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_MS_OF_DAY: Final = 86_400_000


class FileFormat(Enum):
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


MEDIA_TYPES: Final = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.PDF: "application/pdf",
}


def write_file(sheet: Sheet, file_format: FileFormat) -> bytes:
    """The sheet as a file. It takes a second or so for the longest: not for an event loop."""
    return _WRITERS[file_format](sheet)


def _write_csv(sheet: Sheet) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        f"{column.title}, s" if column.unit is Unit.DURATION else column.title
        for column in sheet.columns
    )
    for row in (*sheet.rows, sheet.total):
        writer.writerow(
            _write_plain(value, column.unit)
            for value, column in zip(row, sheet.columns, strict=True)
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _write_plain(value: str | float | None, unit: Unit | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_SIGNS) else value
    if unit is Unit.DURATION:
        return f"{value / 1_000:.3f}".rstrip("0").rstrip(".")
    return repr(round(value, 6))


_FORMATS: Final = {
    Unit.COUNT: "#,##0",
    Unit.DURATION: "[h]:mm:ss",
    Unit.RATIO: "0.0%",
    Unit.SCORE: "0.00",
}


def _write_xlsx(sheet: Sheet) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page: Any = book.add_worksheet()
    bold, heading = book.add_format({"bold": True}), {"bold": True, "text_wrap": True, "bottom": 1}
    page.write_string(0, 0, sheet.title, bold)
    page.write_string(1, 0, sheet.period)
    page.write_string(2, 0, sheet.note)
    for number, column in enumerate(sheet.columns):
        page.write_string(3, number, column.title, book.add_format(heading))
        page.set_column(number, number, 24 if column.unit is None else 13)
    plain = {unit: book.add_format({"num_format": f}) for unit, f in _FORMATS.items()}
    last = {
        unit: book.add_format({"num_format": f, "bold": True, "top": 1})
        for unit, f in _FORMATS.items()
    }
    for line, row in enumerate((*sheet.rows, sheet.total), 4):
        formats = last if line == 4 + len(sheet.rows) else plain
        for number, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            if isinstance(value, str):
                page.write_string(line, number, value)
            elif value is not None and column.unit is not None:
                days = value / _MS_OF_DAY if column.unit is Unit.DURATION else value
                page.write_number(line, number, days, formats[column.unit])
    page.freeze_panes(4, 1)
    book.close()
    return out.getvalue()


FONT: Final = "DejaVu Sans"
"""It has Latin with all of Romanian's letters, and Cyrillic. matplotlib's wheel brings it."""


def _find_font(name: str) -> str:
    spec = find_spec("matplotlib")
    assert spec is not None, "it is among the dependencies"
    assert spec.origin is not None, "it is a package of files"
    return str(Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / name)


def _write_pdf(sheet: Sheet) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

    pdfmetrics.registerFont(TTFont(FONT, _find_font("DejaVuSans.ttf")))
    size = 8 if len(sheet.columns) <= 10 else 6
    text = ParagraphStyle("text", fontName=FONT, fontSize=size, leading=size * 1.25)
    right = ParagraphStyle("right", parent=text, alignment=2)
    title = ParagraphStyle("title", parent=text, fontSize=14, leading=20)

    def write(value: str | float | None, unit: Unit | None) -> Paragraph:
        return Paragraph(escape(write_figure(value, unit)), text if unit is None else right)

    shown = (*sheet.rows[:PDF_ROWS_MAX], sheet.total)
    cells = [[write(c.title, c.unit) for c in sheet.columns]] + [
        [write(value, c.unit) for value, c in zip(row, sheet.columns, strict=True)] for row in shown
    ]
    style = TableStyle(
        [
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, colors.black),
            ("ROWBACKGROUNDS", (0, 1), (-1, -2), [colors.white, colors.Color(0.95, 0.95, 0.95)]),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    page = landscape(A4)
    table = LongTable(cells, colWidths=_find_widths(sheet, page[0] - 24 * mm), repeatRows=1)
    table.setStyle(style)
    is_cut = sheet.note or len(sheet.rows) > PDF_ROWS_MAX
    note = sheet.words.texts["cut_short"] if is_cut else ""
    heads = [Paragraph(escape(sheet.title), title), Paragraph(escape(sheet.period), text)]

    def number_page(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 7)
        place = f"{sheet.words.texts['page']} {document.page}"
        canvas.drawRightString(page[0] - 12 * mm, 7 * mm, place)

    out = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 12 * mm)
    document = SimpleDocTemplate(out, pagesize=page, title=sheet.title, invariant=1, **margins)
    parts: list[Any] = [*heads, Paragraph(escape(note), text), Spacer(0, 4 * mm), table]
    document.build(parts, onFirstPage=number_page, onLaterPages=number_page)
    return out.getvalue()


def _find_widths(sheet: Sheet, width: float) -> list[float]:
    """Names are wider than figures."""
    weights = [1.8 if column.unit is None else 1.0 for column in sheet.columns]
    return [width * weight / sum(weights) for weight in weights]


_WRITERS: Final[dict[FileFormat, Callable[[Sheet], bytes]]] = {
    FileFormat.CSV: _write_csv,
    FileFormat.XLSX: _write_xlsx,
    FileFormat.PDF: _write_pdf,
}
