"""What does a database do, whatever it keeps? Transactions, waiting for changes, times that only one process has."""
