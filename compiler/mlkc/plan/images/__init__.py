"""The images to build: their plan (`model`), and the pass that resolves it from the spec and the catalogue (`resolve`).

The two are imported from their modules: what checks a plan must not import the spec.
"""
