"""What does a file hold, before it is known what it means? Bytes, TOML, lines of JSON, arrays; each file distrusted."""
