"""How well are labelled questions answered, and which weights answer them best? Development, apart from answering."""
