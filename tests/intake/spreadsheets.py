"""The smallest spreadsheets that programs write, made by hand but for that of Excel 97, which is no text."""

import io
import zipfile
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlwt

_CONTENT = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="{}/{}" Target="{}"/><Relationship Id="r2" Type="{}/styles" Target="styles.xml"/>'
    "</Relationships>"
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


class MOMENT(NamedTuple):
    """A moment as spreadsheets keep it: days since the end of 1899."""

    days: float


def xlsx(*rows: list[str | float | MOMENT]) -> bytes:
    """Return a workbook of one sheet."""
    sheet = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": _CONTENT,
        "_rels/.rels": _RELATIONS.format(_OFFICE, "officeDocument", "xl/workbook.xml", _OFFICE),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Tickets" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(_OFFICE, "worksheet", "worksheets/sheet1.xml", _OFFICE),
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    return _zipped(parts)


def xls(*rows: list[str | float | MOMENT]) -> bytes:
    """Return a workbook of one sheet in the form of Excel 97 to 2003."""
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Tickets")
    dated = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, MOMENT):
                sheet.write(place, column, cell.days, dated)
            else:
                sheet.write(place, column, cell)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def ods(*rows: list[str | float]) -> bytes:
    """Return a text of one sheet, as LibreOffice writes them."""
    spaces = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    names = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    cells = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="Tickets">{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return _zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _cell(value: str | float | MOMENT) -> str:
    if isinstance(value, MOMENT):
        return f'<c s="1"><v>{value.days}</v></c>'
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def _ods_cell(value: str | float) -> str:
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def _zipped(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()
