"""Word files as people make them: automatic numbers, tables, notes, text boxes, tracked changes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

ARTICLES = (("decimal", "第%1条", 1), ("decimal", "%2", 2), ("decimal", "(%3)", 1), ("aiueoFullWidth", "%4", 1))
_LEVEL = '<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def add_list(
    document: Document, identity: int, levels: tuple[tuple[str, str, int], ...], more: str = "", **nums: str
) -> None:
    """Define the list `identity`: levels of (form, text, start). `nums` are further lists on it (n12="overrides")."""
    root = document.part.numbering_part.element
    if identity == 1:  # the template's own lists would be in the way
        root.clear()
    body = "".join(_LEVEL.format(depth=i, form=f, text=t, start=s, more=more) for i, (f, t, s) in enumerate(levels))
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}">{body}</w:abstractNum>'
    first = root.find(f"{{{root.nsmap['w']}}}num")
    root.append(parse_xml(abstract)) if first is None else first.addprevious(parse_xml(abstract))
    for number, overrides in {str(identity): "", **{name[1:]: xml for name, xml in nums.items()}}.items():
        inner = f'<w:abstractNumId w:val="{identity}"/>{overrides}'
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{inner}</w:num>'))


def add(document: Document, text: str, depth: int | None = None, number: int = 1, style: str | None = None) -> Any:
    """A paragraph, with a number of the list `number` where `depth` is given."""
    paragraph = document.add_paragraph(text, style)
    if depth is not None:
        properties = paragraph._p.get_or_add_pPr()
        xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        properties.append(parse_xml(xml))
    return paragraph


def add_xml(document: Document, xml: str) -> Any:
    """A paragraph whose content is `xml` (w: elements)."""
    paragraph = document.add_paragraph()
    holder = parse_xml(f"<w:p {nsdecls('w', 'wp', 'a')} {_MORE}>{xml}</w:p>")
    for child in list(holder):
        paragraph._p.append(child)
    return paragraph


_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def add_footnotes(document: Document, **notes: str) -> None:
    """A part with footnotes: n2="text" has the id 2."""
    inner = "".join(
        f'<w:footnote w:id="{name[1:]}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for name, text in notes.items()
    )
    xml = f"<w:footnotes {nsdecls('w')}>{inner}</w:footnotes>".encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def contract() -> Document:
    """A contract whose articles are numbered by Word only, with a table, an inserted and a deleted word."""
    document = docx.Document()
    add_list(document, 1, ARTICLES)
    add(document, "花と緑の協働契約書", style="Title")
    add(document, "（目的）")
    add(document, "甲と乙は、駅前の花壇を守り、まちを明るくするため、この契約を結ぶ。", 0)
    add(document, "（役割）")
    add(document, "役割は次のとおりとする。", 0)
    add(document, "甲は広報を行う。", 2)
    add(document, "乙は花壇の手入れを行う。", 2)
    add(document, "水やり", 3)
    add(document, "草取り", 3)
    add(document, "前項のほかは協議する。", 1)
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("区分", "金額"), ("甲の負担", "60万円")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    add_xml(
        document,
        "<w:r><w:t>期間は</w:t></w:r><w:del w:id='1'><w:r><w:delText>令和8年</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>令和9年</w:t></w:r></w:ins><w:r><w:t>3月31日までとする。</w:t></w:r>",
    )
    return document


def to_bytes(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rezipped(data: bytes, change: dict[str, bytes]) -> bytes:
    """The package with parts replaced or added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
    return result.getvalue()
