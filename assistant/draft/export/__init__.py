"""A draft as a document that an office accepts: Word, HTML for print, Markdown."""
