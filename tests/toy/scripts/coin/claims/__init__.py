"""What the tosses say about the statements, one module per figure."""
