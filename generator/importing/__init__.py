"""Published reports to report.yaml: every cell is taken for certain or it is a finding; nothing is guessed."""
