"""A record becomes text: every report reads the record and nothing else."""
