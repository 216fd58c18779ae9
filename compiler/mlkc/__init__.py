"""mlkc compiles one spec file into the Kubernetes manifests and images of an MLflow stack."""

__version__ = "0.1.0"
