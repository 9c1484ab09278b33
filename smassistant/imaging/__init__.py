"""Pictures: decode safely, read metadata, find faces, blur, export. Nothing leaves the computer."""
