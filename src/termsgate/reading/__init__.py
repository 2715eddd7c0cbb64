"""Text becomes values: strict YAML, its schema, its decoder, and what files must not contradict."""
