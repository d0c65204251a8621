"""The person's browser, mail program and clipboard, and QR codes for their phone."""
