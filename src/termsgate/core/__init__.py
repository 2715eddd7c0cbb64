"""The middle of the house: values in, a verdict out; no file, no clock, no framework."""
