"""What makes the registry from the packages that hold it."""
