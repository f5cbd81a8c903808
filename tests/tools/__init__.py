"""What makes the data that the project carries and that is not written by hand. Run by hand; nothing imports it."""
