"""What did the person bring? Reads mails, exported chats and typed paths; knows nothing but `core`."""
