"""Compare with the disk, then apply; the manifest of owned files.

`files` says what is wanted, `change.plan_changes` compares it with the disk and writes nothing,
`apply.apply` carries it out, `apply.recover` ends what a killed run began. The room knows folders
and bytes only: no spec, no plan, no Kubernetes.
"""
