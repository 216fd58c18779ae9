"""The texts of MK0xx: the YAML of the spec."""

from __future__ import annotations

from typing import Final

TEXT: Final = """
MK001
There is nothing to compile.
- mlkc compile specs/mlfow.yaml
+ mlkc compile specs/mlflow.yaml

MK002
The file is there, but this user may not read it, or it is a folder.
- mlkc compile specs/
+ mlkc compile specs/mlflow.yaml

MK003
A spec has a few hundred lines. A file this large is another file, and reading it could exhaust the machine.
- mlkc compile dump.yaml
+ mlkc compile specs/mlflow.yaml

MK004
Every tool reads YAML as UTF-8; in another encoding letters beyond ASCII would come out as others.
- a file saved as UTF-16 or Latin-1
+ the same file saved as UTF-8

MK005
Such a character is seen by no reader of the file and changes what it says.
- name: ml<U+200B>flow
+ name: mlflow

MK006
A spec has at least its format, an HDFS and an environment.
- # nothing but a comment
+ apiVersion: mlkc.dev/v1alpha1

MK007
One spec describes one stack; which of several documents is meant can't be told.
- a: 1
- ---
- b: 2
+ a: 1
+ b: 2

MK008
Directives change how the rest is read, so that the file no longer says what it seems to.
- %YAML 1.1
+ apiVersion: mlkc.dev/v1alpha1

MK010
What is no YAML can't be read any further; the place is where the reader gave up, which may be after the mistake.
- nodes: [a, b
- user: hdfs
+ nodes: [a, b]
+ user: hdfs

MK011
YAML allows spaces only: how deep a tab stands differs from editor to editor.
- hdfs:
- <TAB>user: hdfs
+ hdfs:
+   user: hdfs

MK012
The depth of a line says what it belongs to, and this one fits neither its neighbours nor anything around them.
- hdfs:
-     user: hdfs
-   path: /mlflow
+ hdfs:
+   user: hdfs
+   path: /mlflow

MK013
Everything to the end of the file would belong to the text.
- user: "hdfs
+ user: "hdfs"

MK014
Everything to the end of the file would belong to the list or mapping.
- hostnames: [node1, node2
+ hostnames: [node1, node2]

MK015
A text that begins with such a character has to be quoted.
- user: @hdfs
+ user: "@hdfs"

MK016
Between double quotes a backslash begins an escape; between single quotes it is just a backslash.
- path: "\\data"
+ path: '\\data'

MK017
A colon and a space part a key from its value, so a text that holds them has to be quoted.
- reason: note: known
+ reason: "note: known"

MK018
Without a colon the line is a text and no setting.
- user hdfs
+ user: hdfs

MK019
A value ends with its quote or bracket.
- user: "hdfs" admin
+ user: "hdfs admin"

MK020
Most readers take the last one in silence, so that a line higher up has no effect.
- replicas: 1
- replicas: 2
+ replicas: 2

MK021
Keys are the names of settings. YAML takes an unquoted `on`, `1` or `null` for something else.
- environments:
-   1: {}
+ environments:
+   "1": {}

MK022
YAML 1.2 has no merge keys, and tools disagree on them. Environments are laid over the shared settings anyway.
- prod:
-   <<: *shared
+ prod: {}

MK023
A tag asks for a type that the spec doesn't have; in other tools such tags run programs.
- version: !env VERSION
+ version: 3.17.2

MK024
An alias repeats what an anchor above it names.
- limits: *small
+ limits: {memory: 2Gi}

MK025
The value would contain itself without end.
- a: &x [*x]
+ a: [1]

MK026
No spec needs that many. Aliases of aliases grow without bound and are a known way to exhaust a machine.
- a list of 20,000 nodes
+ the nodes that the pods have to reach

MK027
No spec needs that depth, and readers crash on it.
- [[[[…]]]]
+ []

MK028
Kubernetes and JSON have no such numbers.
- workers: .inf
+ workers: 8

MK029
YAML 1.1, which many tools still read, takes it for octal: 010 is 8 there and 10 here.
- port: 08080
+ port: 8080

MK030
Often the alias that should use it is missing or misspelt.
- limits: &small {memory: 2Gi}
+ limits: {memory: 2Gi}

MK031
The tag and the value contradict each other.
- workers: !!int two
+ workers: 2
"""
