"""What people write about a collaboration, clause by clause: shared by drafting and review."""
