"""What is a report about as a whole? Its summary, its timeline, what it mentions."""
