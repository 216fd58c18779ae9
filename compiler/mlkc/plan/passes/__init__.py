"""The passes that resolve a spec into a plan, one a file; `mlkc.plan.resolve` says their order."""
