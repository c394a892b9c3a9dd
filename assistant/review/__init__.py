"""A document that somebody brings is checked: the items of §12(2), and what speaks against the ordinance or itself."""
