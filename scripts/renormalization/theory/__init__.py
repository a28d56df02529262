"""What is known exactly, or follows from a closed recursion."""
