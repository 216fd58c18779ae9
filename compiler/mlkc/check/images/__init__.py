"""What Dockerfiles refer to: the files of their build folder and each other's stages."""
