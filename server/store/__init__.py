"""What the service keeps: conversations, drafts, reviews, progress, feedback."""
