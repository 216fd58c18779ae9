"""The texts of MK1xx to MK3xx: the spec's keys, types and choices."""

from __future__ import annotations

from typing import Final

TEXT: Final = """
MK101
A key that nobody reads has no effect; most often it is misspelt or stands at the wrong depth.
- server:
-   replica: 2
+ server:
+   replicas: 2

MK102
There is no default that would be right for everybody.
- hdfs:
-   user: hdfs
+ hdfs:
+   nameNode: hdfs://namenode.example.com:8020
+   user: hdfs

MK103
Nothing is converted: a text that looks like a number stays a text, so that what is written is what is meant.
- replicas: "2"
+ replicas: 2

MK104
The setting chooses one of a few words.
- engine: msyql
+ engine: mysql

MK105
Outside its limits the value can't work, or it is surely a slip.
- replicas: -1
+ replicas: 1

MK106
YAML reads 3.10 as the number 3.1; only quotes keep the zero.
- python: 3.10
+ python: "3.10"

MK107
A format says what the keys mean; another one's keys mean something else.
- apiVersion: v1
+ apiVersion: mlkc.dev/v1alpha1

MK110
The schemas of Kubernetes take any text here, and the server then refuses the object.
- size: 20GiB
+ size: 20Gi

MK111
Kubernetes takes lower-case letters, digits and `-`, at most 63 of them.
- namespace: ML_Platform
+ namespace: ml-platform

MK112
What DNS and /etc/hosts take is letters, digits, `-` and `.`.
- host: mlflow_example.com
+ host: mlflow.example.com

MK113
/etc/hosts has an address of one machine in each line.
- address: 192.168.10.1450
+ address: 192.168.10.145

MK114
The name node is reached by HDFS's own protocol; the folder is a setting of its own.
- nameNode: namenode.example.com:8020
+ nameNode: hdfs://namenode.example.com:8020

MK115
A relative path depends on who reads it.
- path: mlflow/mlruns
+ path: /mlflow/mlruns

MK116
HDFS and the file system of the image take the name as it stands.
- user: ML Team
+ user: ml-team

MK117
The name stands in a URL and in SQL, where other characters have a meaning.
- name: ml;flow
+ name: mlflowdb

MK118
Versions are compared as numbers.
- version: latest
+ version: 3.17.2

MK119
Outputs are validated against the schemas of the minor version, and mlkc has no others.
- version: v1.36.2
+ version: "1.36"

MK120
A registry and a container runtime would refuse it.
- registry: https://registry.example.com
+ registry: registry.example.com/team

MK121
A checksum that is cut short proves nothing.
- sha512: 0123abcd
+ sha512: 128 hexadecimal digits

MK122
Package tools read http and https only.
- pip: ftp://mirror.example.com/simple
+ pip: https://mirror.example.com/simple

MK123
The server refuses an object with such a label.
- example.com/team: "ML & data"
+ example.com/team: ml-data

MK124
Without a version the image holds whatever is newest on the day of its build.
- packages: [boto3]
+ packages: [boto3==1.40.1]

MK125
The setting has a form of its own, which its description names.
- kind: deployment
+ kind: Deployment

MK201
The images are built once, and some objects can't be changed once they are there.
- environments:
-   dev:
-     database: {engine: mariadb}
+ database: {engine: mariadb}
+ environments:
+   dev: {}

MK202
The server refuses to make a claim smaller, and the overlay would stop applying.
- storage: {size: 10Gi}   # in dev; 20Gi for all
+ storage: {size: 20Gi}

MK203
A preset is one of mlkc's mirrors; anything else is the URL of one kind of package.
- mirrors: tunna
+ mirrors: tuna

MK204
What the catalogue does not have is most often misspelt, and nothing is known of how to install it.
- debian: bokworm
+ debian: bookworm

MK205
The server refuses such a pod, and the deployment never gets one.
- requests: {memory: 2Gi}
- limits: {memory: 1Gi}
+ requests: {memory: 1Gi}
+ limits: {memory: 2Gi}

MK206
A patch changes its object in one of two ways.
- target: {kind: Service, name: mlflow}
+ target: {kind: Service, name: mlflow}
+ merge: {metadata: {annotations: {example.com/owner: ml}}}

MK207
Kustomize refuses two objects of one kind and name, and a server takes no pod with two containers of one name.
- takeOver: {server: {name: mlflow, selector: {app: a}}, client: {name: mlflow, selector: {app: b}}}
+ takeOver: {server: {name: mlflow, selector: {app: a}}, client: {name: notebook, selector: {app: b}}}

MK208
A Service with this selector sends every other connection to the wrong program, and only some requests fail.
- server: {selector: {app: mlflow}}
- client: {selector: {app: mlflow, component: client}}
+ server: {selector: {app: mlflow, component: server}}
+ client: {selector: {app: mlflow, component: client}}

MK209
The API server takes one of each, or the second one adds nothing and hides what was meant.
- spread: [nodes, nodes]
+ spread: [nodes, zones]

MK210
What refers to the object would not find it, and what was checked of it would be said of another.
- json: [{op: replace, path: /kind, value: ConfigMap}]
+ json: [{op: add, path: /metadata/annotations, value: {example.com/owner: ml}}]

MK220
The build would ask the mirror for files that it does not have.
- mirrors: {conda: huawei}
+ mirrors: {conda: tuna}

MK221
A tarball is trusted by its checksum: without one whatever the mirror sends would go into the image.
- hadoop: {version: 3.4.77}
+ hadoop: {version: 3.4.3}

MK222
The images start from the official Python image of the Debian, and there never was one of these two.
- debian: bullseye
- python: "3.14"
+ debian: bookworm
+ python: "3.14"

MK223
pip can't install two versions of one package.
- packages: [mlflow==3.0.0]
+ mlflow: {version: 3.0.1}

MK224
The apt of old releases can't read https without a package of its own, which it would have to fetch first.
- apt: https://mirror.example.com/debian
+ apt: http://mirror.example.com/debian

MK225
Nothing was tried with it. It may well work: build and try the image.
- version: 3.99.0
+ version: 3.17.2

MK380
A SealedSecret holds the values that its cluster alone can read; mlkc has no key to seal one with.
- secrets: {strategy: sealed}
+ secrets:
+   strategy: sealed
+   sealed: {MYSQL_PASSWORD: AgB…, MYSQL_ROOT_PASSWORD: AgA…, JUPYTER_TOKEN: AgC…}

MK381
A setting that nothing reads would be left out in silence, and somebody counts on it.
- secrets: {strategy: file, store: vault}
+ secrets: {strategy: external, store: vault}

MK382
The operator reads from the store that an ExternalSecret names; there is no store by default.
- secrets: {strategy: external}
+ secrets: {strategy: external, store: vault}

MK383
Argo CD and Flux render what git has; a local file with passwords is on one machine only.
- delivery: {flux: {source: deploy}}
+ delivery: {flux: {source: deploy}}
+ secrets: {strategy: external, store: vault}

MK384
A client asks for the name nodes of a service by its name; a port means one machine.
- hdfs:
-   nameNode: hdfs://prod:8020
-   nameNodes: [hdfs://nn1.example.com:8020, hdfs://nn2.example.com:8020]
+ hdfs:
+   nameNode: hdfs://prod
+   nameNodes: [hdfs://nn1.example.com:8020, hdfs://nn2.example.com:8020]

MK385
Two places for one value contradict each other sooner or later.
- hdfs: {hdfsSite: {dfs.replication: "2"}}
+ hdfs: {replication: 2}

MK386
A driver speaks one protocol; the image would be built with it and the server never reach its database.
- database: {engine: postgresql, driver: pymysql}
+ database: {engine: postgresql}

MK387
PostgreSQL's driver is known to SQLAlchemy from 2.0 on, and MLflow before 2.2 keeps an older one.
- database: {engine: postgresql}
- mlflow: {version: 2.1.1}
+ database: {engine: postgresql}
+ mlflow: {version: 2.2.2}

MK388
The tables of MLflow's users have names of keys that MySQL and MariaDB take for double, in any database of theirs.
- server: {auth: {type: basic}}
+ database: {engine: postgresql}
+ server: {auth: {type: basic}}

MK389
From 3.6 on the tables of users have a version of their own, by which an upgrade knows what they lack.
- mlflow: {version: 3.5.1}
- server: {auth: {type: basic}}
+ mlflow: {version: 3.17.2}
+ server: {auth: {type: basic}}

MK390
A list of acceptances that nobody needs hides the next warning of the same code.
- accept: [{code: leading-zero, reason: from an old file}]   # and no such number
+ accept: []

MK391
An error says that the result can't work; what is said of the folder or the machine is not the spec's to accept.
- accept: [{code: missing-key, reason: not needed here}]
+ accept: [{code: ingress-without-tls, reason: TLS ends at the load balancer}]

MK393
Two places for one value contradict each other sooner or later; some variables would also open the server or break it.
- server: {env: {MLFLOW_PORT: "5001"}}
+ server: {port: 5001}

MK394
The package's own metadata says so: pip refuses to build the image, or MLflow fails when it starts.
- images: {server: {packages: [pandas==4.0.0]}}
+ images: {server: {packages: []}}

MK395
All versions of a lock were resolved together. One that is changed may still fit; pip says so when the image is built.
- images: {server: {packages: [werkzeug==3.0.0]}}
+ images: {server: {packages: []}}

MK396
Java keeps 300 MiB of the heap for Spark itself, and refuses to start a session with less than half as much again.
- client: {spark: {memory: 512Mi}}
+ client: {spark: {memory: 2Gi}}

MK397
An executor's pod is made from a template and started by a command line that older series don't have.
- images: {spark: 3.1.3}, client: {spark: {executors: 4}}
+ images: {spark: 3.5.8}, client: {spark: {executors: 4}}

MK398
The driver starts executors by the Kubernetes API; a policy that closes it leaves the session waiting for ever.
- client: {spark: {}}, networkPolicies: {}
+ client: {spark: {}}, networkPolicies: {kubernetesApi: [10.96.0.1/32, 192.168.10.2/32]}
"""
