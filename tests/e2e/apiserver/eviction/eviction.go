// Package eviction stands in for k8s.io/kubernetes/pkg/kubelet/eviction when the servers are built.
//
// The controller manager takes one function of the kubelet from there, which puts evicted pods first among those to be
// forgotten when there are more than 12,500 dead ones. With it come the kubelet's container manager and the whole
// scheduler: 170 packages, an eighth of the build.
package eviction

import v1 "k8s.io/api/core/v1"

// PodIsEvicted says whether a pod failed because it was evicted, as upstream's does.
func PodIsEvicted(status v1.PodStatus) bool {
	return status.Phase == v1.PodFailed && status.Reason == "Evicted"
}
