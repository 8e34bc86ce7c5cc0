"""Briefing packs in which every claim leads back to its passage."""

__version__ = "0.1.0"
