"""Which sentences tell the same, why, and where they disagree."""
