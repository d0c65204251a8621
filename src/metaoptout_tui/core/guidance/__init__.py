"""What does the guidance say, where is it from, and how fresh is it?"""
