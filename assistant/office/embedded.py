"""Data that travels inside a Word file as a custom XML part, the one kind of foreign part that Word keeps when it saves.

A file comes from anywhere: `read_embedded` takes nothing for granted, neither the package nor the size of the part.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from uuid import NAMESPACE_URL, uuid5

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

_ITEM = re.compile(r"/?customXml/item\d+\.xml")
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_MOST_PARTS = 50
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    RuntimeError,
    EOFError,
)  # an encrypted part is a RuntimeError


def embed(document: Document, namespace: str, text: str) -> None:
    """Put `text` (characters that XML can hold) into the document under `namespace`."""
    root = etree.Element(f"{{{namespace}}}data", nsmap={None: namespace})
    root.text = text
    item = _part(document, "/customXml/item1.xml", CONTENT_TYPE.XML, root)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    about = etree.Element(f"{{{_PROPERTIES}}}datastoreItem", nsmap={"ds": _PROPERTIES})
    about.set(f"{{{_PROPERTIES}}}itemID", f"{{{str(uuid5(NAMESPACE_URL, namespace)).upper()}}}")
    schemas = etree.SubElement(about, f"{{{_PROPERTIES}}}schemaRefs")
    etree.SubElement(schemas, f"{{{_PROPERTIES}}}schemaRef").set(f"{{{_PROPERTIES}}}uri", namespace)
    properties = _part(document, "/customXml/itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, about)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def _part(document: Document, name: str, content_type: str, root: etree._Element) -> Part:
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return Part(PackURI(name), content_type, data, document.part.package)


def read_embedded(data: bytes, namespace: str, limit: int) -> str | None:
    """What `embed` put into the file `data` under `namespace`; None if there is nothing, or more than `limit` bytes, or
    the file is damaged or no Word file at all."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in [name for name in archive.namelist() if _ITEM.fullmatch(name)][:_MOST_PARTS]:
                with archive.open(name) as part:
                    content = part.read(limit + 1)
                if len(content) <= limit and (text := _content(content, namespace)) is not None:
                    return text
    except _UNREADABLE:
        pass
    return None


def _content(content: bytes, namespace: str) -> str | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError:
        return None
    return root.text if root.tag == f"{{{namespace}}}data" and len(root) == 0 else None
