"""What the record says of a month of the facilities of a site."""
