"""Values become a verdict: pure and total, with no files, no YAML, no pytest and no clock."""
