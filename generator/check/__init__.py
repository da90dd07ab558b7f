"""The model to findings: what contradicts itself, last year or the form.

Nothing is changed here.
"""
