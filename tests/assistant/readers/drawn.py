"""PDFs drawn in the tests: CID fonts without embedding, vertical and turned text, broken maps, pictures, hostile files."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from reportlab.lib.pagesizes import A4
from reportlab.lib.textsplit import wordSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.assistant.readers.contents import (
    ARTICLES,
    CHAPTERS,
    COLUMNS_END,
    FIRST,
    ITEMS,
    LAST,
    RUNNING_HEAD,
    SECOND,
    TABLE,
    TITLE,
    VERTICAL,
)

_FONT = "HeiseiMin-W3"
_LEFT, _TOP, _SIZE, _PITCH = 70.0, 740.0, 10.5, 18.0


class Sheet:
    """A page on which lines are drawn from above."""

    def __init__(self, canvas: Canvas, left: float = _LEFT, letters: int = 43) -> None:
        self.canvas, self.left, self.letters, self.y = canvas, left, letters, _TOP

    def text(self, text: str, size: float = _SIZE, gap: float = 8.0) -> None:
        self.y -= gap
        for _, line in wordSplit(text, self.letters * _SIZE, _FONT, size):
            self.canvas.setFont(_FONT, size)
            self.canvas.drawString(self.left, self.y, line)
            self.y -= _PITCH * max(1.0, size / _SIZE * 0.8)

    def table(self, rows: Sequence[Sequence[str]], letters: Sequence[int]) -> None:
        """Cells with lines around them; a cell's text is wrapped."""
        self.y -= 4
        for row in rows:
            cells = [[c[i : i + n] for i in range(0, len(c), n)] for c, n in zip(row, letters, strict=True)]
            height = _PITCH * max(map(len, cells)) + 6
            x = self.left
            for lines, count in zip(cells, letters, strict=True):
                width = _SIZE * count + 10
                self.canvas.rect(x, self.y - height + 12, width, height)
                for number, line in enumerate(lines):
                    self.canvas.setFont(_FONT, _SIZE)
                    self.canvas.drawString(x + 5, self.y - number * _PITCH, line)
                x += width
            self.y -= height
        self.y -= _PITCH / 2


def drawn(draw: Callable[[Canvas], None], size: tuple[float, float] = A4) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def flow() -> bytes:
    """The handbook of contents.py."""

    def draw(canvas: Canvas) -> None:
        for number, chapter in enumerate(CHAPTERS, 1):
            sheet = Sheet(canvas)
            canvas.setFont(_FONT, 8)
            canvas.drawRightString(520, 810, RUNNING_HEAD)
            canvas.drawCentredString(297, 30, f"- {number} -")
            if number == 1:
                sheet.text(TITLE, 18)
            sheet.text(chapter, 14, 16)
            if number == 1:
                sheet.text(FIRST)
                for item in ITEMS:
                    sheet.text(f"・{item}", gap=0)
            else:
                sheet.text(SECOND)
                sheet.table(TABLE, (5, 20, 5))
                sheet.text(LAST)
            canvas.showPage()

    return drawn(draw)


def columns() -> bytes:
    def draw(canvas: Canvas) -> None:
        Sheet(canvas).text(TITLE, 18)
        for left, articles in ((_LEFT, ARTICLES[:2]), (310.0, ARTICLES[2:])):
            sheet = Sheet(canvas, left, 20)
            sheet.y -= 50
            for article in articles:
                sheet.text(article)
        below = Sheet(canvas)
        below.y = sheet.y - 20
        below.text(CHAPTERS[1], 14)
        below.text(COLUMNS_END)

    return drawn(draw)


def vertical() -> bytes:
    """With a font whose encoding runs downwards."""

    def draw(canvas: Canvas) -> None:
        font = UnicodeCIDFont(_FONT, isVertical=True)
        pdfmetrics.registerFont(font)
        x = 520.0
        for size, text in ((18.0, TITLE), *((_SIZE, text) for text in VERTICAL)):
            for start in range(0, len(text), 40):
                canvas.setFont(font.fontName, size)
                canvas.drawString(x, 760, text[start : start + 40])
                x -= size * 1.7
            x -= 12

    return drawn(draw)


def turned(how: str) -> bytes:
    """The second page of the handbook: by the page's own rotation, or with its text drawn sideways."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(flow())))
    for page in writer.pages:
        page.rotate(90)
        if how == "drawn":
            page.transfer_rotation_to_content()
    return written(writer)


def labelled() -> bytes:
    """With page labels and bookmarks of its own."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(flow())))
    writer.set_page_label(0, 1, PageLabelStyle.DECIMAL, prefix="資-", start=7)
    first = writer.add_outline_item(title=TITLE, page_number=0)
    for number, chapter in enumerate(CHAPTERS):
        writer.add_outline_item(title=chapter, page_number=number, parent=first)
    return written(writer)


def misread(original: bytes) -> bytes:
    """A file whose fonts say 䛾 for の."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(original)))
    for thing in writer._objects:
        if isinstance(thing, StreamObject):
            data = thing.get_data()
            if b"beginbfchar" in data or b"beginbfrange" in data:
                changed = data.replace(b"306E", b"46FE").replace(b"306e", b"46fe")
                thing.set_data(changed)
    return written(writer)


def unmapped(text: str) -> bytes:
    """Kana by their numbers in Adobe-Japan1, without a map to Unicode."""
    codes = "".join(f"{842 + ord(char) - 0x3041:04X}" for char in text)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/HeiseiMin-W3"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject(
                [
                    DictionaryObject(
                        {
                            NameObject("/Type"): NameObject("/Font"),
                            NameObject("/Subtype"): NameObject("/CIDFontType0"),
                            NameObject("/BaseFont"): NameObject("/HeiseiMin-W3"),
                            NameObject("/DW"): NumberObject(1000),
                            NameObject("/CIDSystemInfo"): DictionaryObject(
                                {
                                    NameObject("/Registry"): TextStringObject("Adobe"),
                                    NameObject("/Ordering"): TextStringObject("Japan1"),
                                    NameObject("/Supplement"): NumberObject(2),
                                }
                            ),
                        }
                    )
                ]
            ),
        }
    )
    return _page(f"BT /F1 12 Tf 70 700 Td <{codes}> Tj ET".encode(), font)


def _page(content: bytes, font: DictionaryObject) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    return written(writer)


def picture(original: bytes, folder: Path) -> bytes:
    """The pages of `original` as pictures, without a character."""
    import pypdfium2

    def draw(canvas: Canvas) -> None:
        document = pypdfium2.PdfDocument(original)
        for number in range(len(document)):
            page = document[number]
            canvas.setPageSize(page.get_size())
            target = folder / f"{number}.png"
            page.render(scale=200 / 72, grayscale=True).to_pil().save(target)
            canvas.drawImage(str(target), 0, 0, *page.get_size())
            canvas.showPage()
        document.close()

    return drawn(draw)


def bomb() -> bytes:
    """A content stream of 60 MB in 60 KB: fifteen million commands."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"q Q " * 250_000) for _ in range(60)) + packer.flush()
    stream = StreamObject()
    stream._data = data
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def endless() -> bytes:
    """A form that draws itself twice."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    form = DecodedStreamObject()
    form.set_data(b"/X Do /X Do")
    form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    form[NameObject("/BBox")] = RectangleObject((0, 0, 9, 9))
    reference = writer._add_object(form)
    resources = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/X"): reference})})
    form[NameObject("/Resources")] = resources
    stream = DecodedStreamObject()
    stream.set_data(b"/X Do")
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = resources
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
