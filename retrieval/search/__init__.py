"""Which sentences were found? The passages that a question is asked of, and their sentences, best first."""
