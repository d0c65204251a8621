"""What does a case file contain?"""
