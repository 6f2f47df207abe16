"""What the doors to WeChat share: signatures, encryption, XML, one reply a message, what is said. Not a door itself."""
