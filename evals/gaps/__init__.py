"""Do questions get on the right list, and do those that ask the same get there together?"""
