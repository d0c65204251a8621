"""What is asked and recorded of accounts: steps, links, e-mail addresses, earlier objections, answers of the review."""
