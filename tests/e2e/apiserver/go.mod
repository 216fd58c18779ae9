// What is built is pinned by kubernetes-*.mod, one for each minor (go build -modfile=…); this file only marks the folder.
module mlkc/e2e/apiserver

go 1.22.0
