"""From a cleaned document to sections and typed records; one file a kind of structure.

outline    headings by pattern (press releases, plans, pamphlets, Markdown, unknown documents)
ordinance  章 節 条 項 号 附則
report     the city's yearly report: all of the above, its contract projects and its directory
"""
