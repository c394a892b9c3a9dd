"""Web pages: which part is the content, its text with headings and tables, and what the page says of itself."""
