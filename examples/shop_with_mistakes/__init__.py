"""The shop as somebody new to Hatchet might write it. Every mistake is on purpose; the comments say which."""

from shop.client import hatchet

__all__ = ["hatchet"]
