"""The frozen, fully resolved model of what to deploy in each environment."""
