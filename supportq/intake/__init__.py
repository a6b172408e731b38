"""Files and rows on their way to inquiries: each row becomes one, or a reject with its reason."""
