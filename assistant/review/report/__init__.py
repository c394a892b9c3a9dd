"""A review as people read it: in the terminal, as HTML, in Word with comments, as Markdown."""
