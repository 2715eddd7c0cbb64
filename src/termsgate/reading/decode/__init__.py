"""From the tree of one file to values of the model; every problem of the file is collected."""
