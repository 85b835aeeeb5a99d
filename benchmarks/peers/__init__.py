"""Pipelines of others, built to be measured beside ours; not run by themselves."""
