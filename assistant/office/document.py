"""An empty Word document: the XML files of base/ (page, styles, fonts, numbers, header, footer) as one package."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time
from importlib import resources

import docx
from docx.document import Document
from docx.oxml.ns import qn

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a package can name
_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    **{
        f"word/{name}": name
        for name in (
            "document.xml",
            "styles.xml",
            "numbering.xml",
            "settings.xml",
            "fontTable.xml",
            "header1.xml",
            "footer1.xml",
        )
    },
}


def new_document(title: str, made: date) -> Document:
    """A document without text. Its properties name no author: who sends it is the author."""
    base = resources.files("assistant.office").joinpath("base")
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for part, name in _PARTS.items():
            archive.writestr(part, base.joinpath(name).read_bytes())
    package.seek(0)
    document = docx.Document(package)
    about = document.core_properties
    about.title = title[:255]  # the longest that the format allows
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.language = "ja-JP"
    about.revision = 1
    about.created = about.modified = datetime.combine(made, time(), UTC)
    return document


def to_bytes(document: Document) -> bytes:
    """The document as a .docx file. Comments and parts bear the day of making: the same content gives the same bytes."""
    made = document.core_properties.created
    for comment in document.comments if made else ():
        comment._comment_elm.set(qn("w:date"), f"{made:%Y-%m-%dT%H:%M:%SZ}")
    saved, file = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in parts.namelist():
            package.writestr(zipfile.ZipInfo(name, _NO_TIME), parts.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()
