"""The one place where the stages meet: a module for each job that needs more than one stage.

Owns the order of the stages, parallel running and files written whole or not at all; owns no logic
of its own about PubMed, language, evidence or markup.
"""
