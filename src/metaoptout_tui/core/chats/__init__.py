"""What do exported chats say about messages to Meta AI?"""
