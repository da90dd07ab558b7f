"""Located nodes to the model: what a site's files mean.

A mistake becomes a finding and the rest is still read.
"""
