"""Writing letters from the diary, and recording that they were sent."""
