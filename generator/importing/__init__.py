"""Published reports to report.yaml.

A cell is read only where its meaning is certain; everything else is a finding.
"""
