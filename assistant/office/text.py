"""Text that XML can hold."""

from __future__ import annotations

import re

from assistant.text import sanitize

_NOT_XML = re.compile("[\x80-\x9f\ufffe\uffff]")


def xml_text(text: str) -> str:
    """`text` without control characters, lone surrogates and what else XML forbids or discourages."""
    return _NOT_XML.sub("", sanitize(text))
