"""What touches the person's desktop? Their browser, mail program and clipboard, and a QR code for their phone."""
