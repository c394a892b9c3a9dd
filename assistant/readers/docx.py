"""Word documents (.docx) through python-docx: the text as it is shown, with automatic numbers. Nothing in the file is
executed, nothing outside it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import BadInputFile
from assistant.readers.result import Heading, Read, ReadPage, check_lines
from assistant.readers.word.numbering import W
from assistant.readers.word.package import DAMAGED, MOST_PARAGRAPHS, check_package, damaged, too_long
from assistant.readers.word.text import WordText, paragraph_spans

if TYPE_CHECKING:
    from docx.document import Document


def read_docx(path: Path, password: str = "") -> Read:
    """Read a Word document as one page. `password` is ignored: a file with a password is refused with what to do."""
    _, found = open_docx(path)
    if not found.text.strip():
        raise BadInputFile(
            f"{path.name}: 文字がありません。画像だけの文書なら、文字の入った文書か、OCR済みのPDFを指定してください。",
            f"{path.name}: no text; if it holds pictures only, use a document with text, or a PDF after OCR",
        )
    check_lines(path.name, found.text)
    warnings = []
    if found.changed:
        warnings.append(f"{path.name}: 変更履歴が残っています。挿入された文字は読み、削除された文字は除きました。")
    if found.hidden:
        warnings.append(f"{path.name}: 隠し文字が{found.hidden}文字あります。表示されない文字なので、除きました。")
    headings = tuple(Heading(span.start, span.level) for span in found.spans if span.level)
    return Read((ReadPage("", found.text),), tuple(warnings), headings)


def open_docx(path: Path) -> tuple[Document, WordText]:
    """The document as python-docx has it, and its text; BadInputFile unless it is a sound .docx of a length people write."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    check_package(path)
    try:
        document = docx.Document(str(path))
        if sum(1 for _ in document.element.body.iter(f"{W}p")) > MOST_PARAGRAPHS:
            raise too_long(path.name)
        return document, paragraph_spans(document)
    except (*DAMAGED, TypeError, AttributeError, AssertionError, PackageNotFoundError, LxmlError) as error:
        raise damaged(path.name) from error
