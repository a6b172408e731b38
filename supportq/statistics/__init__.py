"""What figures are worth: how sure a difference is, what is to be expected, and how many hands that takes."""
