"""Checked against cases, always: cases/ → run → metrics/ → report and gate; peer.py is what we compare with."""
