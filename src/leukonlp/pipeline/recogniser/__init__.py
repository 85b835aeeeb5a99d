"""leuko_ner: the trained recogniser of diseases, genes and chemicals, as spaCy parts that need only NumPy.

Owns how a trained network reads a text; how it is trained is :mod:`leukonlp.training`, and how its mentions
join those of the lexicon is :mod:`leukonlp.pipeline.ner`.
"""
