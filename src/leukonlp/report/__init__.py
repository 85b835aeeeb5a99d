"""Evidence for people: a summary, a page made of it, and exports; owns words and markup, reads no database.

``summary.summarize`` turns studies into one plain dict, ``page.render`` turns that dict into one HTML
file and ``figures.FIGURES`` into figures for print, ``export.write`` carries studies into other programs.
"""
