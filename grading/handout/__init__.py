"""What students get, made from the source notebooks, tested, and searched for answers."""
