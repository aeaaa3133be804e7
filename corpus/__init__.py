"""A document, its segments, and what they mention."""
