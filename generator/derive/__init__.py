"""From the model to views: the content of every page, without its looks.

A view is a pure function of the site.
"""
