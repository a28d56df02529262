"""What simulates, blocks and contracts."""
