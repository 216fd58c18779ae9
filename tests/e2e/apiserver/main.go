// One program that is etcd, kube-apiserver, kube-controller-manager or kubectl, by the name that it is called by.
//
// They share most of their packages, so one program is built and linked in little more than the time of one of them.
// The code is upstream's own, unchanged but for one function (see the folder eviction); this file only picks what to run.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	_ "time/tzdata" // CronJobs name time zones

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

// While this variable is set, the process ends when its standard input does, which the starter keeps open: no server
// outlives a test run that was killed.
const endWithInput = "MLKC_E2E_END_WITH_STDIN"

var programs = map[string]func() int{
	"etcd": func() int {
		etcdmain.Main(os.Args)
		return 0
	},
	"kube-apiserver":          func() int { return cli.Run(apiserver.NewAPIServerCommand()) },
	"kube-controller-manager": func() int { return cli.Run(controllermanager.NewControllerManagerCommand()) },
}

func main() {
	name := filepath.Base(os.Args[0])
	program, found := programs[name]
	if !found {
		fmt.Fprintf(os.Stderr, "this program is not %q; call it through one of the links beside it\n", name)
		os.Exit(2)
	}
	if os.Getenv(endWithInput) != "" {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(3)
		}()
	}
	os.Exit(program())
}
