"""Rules over the plan: what the catalogue knows of the software that a spec asks for."""
