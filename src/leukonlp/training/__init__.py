"""Training of the models that leukonlp ships; needs the extra ``leukonlp[train]`` (PyTorch, floret).

Owns how annotated corpora become a model folder. How a trained model reads a text is the pipeline's, and
nothing here is imported when records are annotated.
"""
