"""What a person brings: exported chats and Meta's download."""
