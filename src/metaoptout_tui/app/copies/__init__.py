"""What is asked before a copy of a record is made, brought back, joined or deleted."""
