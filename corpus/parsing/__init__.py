"""Which passages does one file hold? Its bytes → blocks → numbered passages, here or in a process with a budget."""
