"""What the real SDK and the engine's rules say about a snippet.

A snippet is judged at the three moments at which a Hatchet program can fail: *import* (a decorator or constructor
raises), *registration* (the worker sends the workflow, and the engine refuses it) and *run* (the task's function
raises, or the engine ends the run at once).
"""
