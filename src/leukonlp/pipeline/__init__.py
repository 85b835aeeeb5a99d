"""Finds and links diseases, genes and therapies; owns spaCy, which appears nowhere else."""
