"""The command line, a file a noun. Only click is imported here: Django wakes up inside a command."""
