"""How do reports and editions become rows of a database, and rows reports again? Today, and in older versions."""
