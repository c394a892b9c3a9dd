"""PDF files, each read in a process of its own with limits on time and memory.

opening    the file: password, number of pages, labels, bookmarks; the result with what went wrong
pages      each page by pypdf, PDFium or recognition, the first that gives text (by_pypdf, fonts, by_pdfium, by_ocr)
characters what a font misnames put right; garbled text told from text
segments   characters → stretches of a line; vertical text turned
furniture  running heads and printed page numbers; ruby: readings above the words
tables     cells between ruled lines; aligned: rows without lines
columns    the order of what stands side by side; lines, paragraphs, joins: wrapped sentences whole again
outline    bookmarks and large letters as headings
"""

from __future__ import annotations

from assistant.readers.pdf.isolated import read_pdf
from assistant.readers.pdf.password import is_locked, unlock

__all__ = ["is_locked", "read_pdf", "unlock"]
