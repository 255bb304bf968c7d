"""What runs in the peers' environment, where Quoth is not installed: one module for each system, one process each.

Modules of this package import one another, the standard library and their own system, nothing else.
"""
