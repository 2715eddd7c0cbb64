"""The page a reviewer opens, sends and files: one file, from the record alone."""
