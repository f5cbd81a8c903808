"""What do people leave beside the reports? Votes, questions that found nothing, equivalents, what servers have set."""
