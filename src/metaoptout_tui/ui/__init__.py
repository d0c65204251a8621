"""What does the person see? The full screen; the only package that imports Textual."""
