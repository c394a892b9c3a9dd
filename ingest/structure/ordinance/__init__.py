"""条例, 規則, 要綱 and 規程 of any municipality, from their text to sections and records.

lines     what a line can be: 章, 条, 項, 号, 附則, 別表 … by how it begins
contents  the 目次 before the articles, which repeats their headings
reader    walks the lines once and keeps what is open
dates     days as the texts write them, when a provision is in force, what amended it
sections  what was read as sections that tile the text, and as one record
"""

from ingest.structure.ordinance.sections import (
    describe_ordinance,
    looks_like_ordinance,
    ordinance_title,
    split_ordinance,
)

__all__ = ["describe_ordinance", "looks_like_ordinance", "ordinance_title", "split_ordinance"]
