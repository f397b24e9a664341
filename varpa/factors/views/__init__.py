"""What answers at the addresses of this room."""
