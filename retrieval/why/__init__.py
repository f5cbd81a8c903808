"""Why this answer, or none? For whoever asked, and for whoever adds an equivalent."""
