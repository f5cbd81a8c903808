"""What is kept, and until when? Editions, the live one and those before it, and the record of who changed what."""
