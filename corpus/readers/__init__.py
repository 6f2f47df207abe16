"""Document formats, a module each: `EXTENSIONS` (lower case, with the dot) and `read(path) -> Document`. One new file adds one."""
