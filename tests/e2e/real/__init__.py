"""Tests of the rendered pods on real programs: MLflow, MariaDB, HDFS, Chromium. They need root on Debian."""
