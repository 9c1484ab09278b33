"""The Qt-free core of SM Assistant: publish for a school without harming a child."""

__version__ = "0.1.0"
