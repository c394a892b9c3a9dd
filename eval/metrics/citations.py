"""Citations: is a quote word for word in its chunk, and is the chunk word for word in its source?

Independent of the product's own check: it reads the source again and trusts neither quote nor chunk.
"""

from __future__ import annotations

from assistant.answers import Citation
from assistant.records import Chunk
from assistant.text import compact


def valid(citation: Citation, chunk: Chunk | None, source: str) -> bool:
    """`source` is the text as read; a chunk's spans leave out marks and page furniture between them, nothing else."""
    if chunk is None or not citation.quote.strip() or citation.quote not in chunk.text:
        return False
    return compact("".join(source[begin:end] for begin, end in chunk.spans)) == compact(chunk.text)
