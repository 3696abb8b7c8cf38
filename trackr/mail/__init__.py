"""Mail: what is told to whom, and what people write back."""
