"""What is asked? What was typed → what is looked for, and the kind of thing that would answer."""
