"""What touches the person's desktop: their browser, their clipboard, a code for their phone, an address they type."""
