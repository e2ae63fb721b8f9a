"""Golden conversations: `.chat` files that say what a person sends and what she must get."""
