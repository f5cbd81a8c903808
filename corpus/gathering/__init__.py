"""Which files are there to read, and which reports do they make? Of folders, of ``reports.toml``, of single files."""
