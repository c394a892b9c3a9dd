"""新旧対照: what an amended file would change, before it is added.

units     a document as its articles, 附則 and 別表, or its sections
compare   which unit became which, and the words that differ
touched   saved answers and evaluation cases that stand on changed words
prepare   the version in force and the new file through the pure steps, and the source they belong to
show      in the terminal; page in HTML
"""
