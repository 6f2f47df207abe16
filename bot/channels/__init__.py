"""Doors over HTTP, a module each: `router(reception) -> APIRouter`. A door translates a protocol and does nothing else; one new file adds one."""
