"""What speaks for a sentence? The evidence for each, and the weights by which it is added up."""
