"""The engines we are compared with, each judging the plain project in its own language."""
