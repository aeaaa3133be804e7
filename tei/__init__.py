"""TEI P5 written, read and checked, and the dataset and the report made from it."""
