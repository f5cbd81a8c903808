"""What is known of a text, whatever it is of: its sentences, its language, what of it can be seen."""
