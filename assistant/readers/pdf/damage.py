"""What a broken PDF raises."""

from __future__ import annotations

from pypdf.errors import PyPdfError

# pypdf and the decoders below it raise many kinds of errors on damaged files; each means "this file is broken".
DAMAGED = (
    PyPdfError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
    OSError,
    ArithmeticError,
    NotImplementedError,
    AssertionError,
    MemoryError,
)
