"""What the bot says, as safe HTML and as plain text: pages, H5, widget, WeChat, exports and the terminal use it. All text is escaped here."""
