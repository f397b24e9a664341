"""What staff enter on behalf of the two of a pair, from a paper that they have signed (principle 6)."""
