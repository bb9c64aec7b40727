package main

import (
	"context"
	"net/http"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
)

func inside(w http.ResponseWriter, r *http.Request, pods *rest.Request) {
	box, _ := client.NewClientWithOpts()
	text := r.FormValue("text")
	box.ContainerExecCreate(context.Background(), "web", container.ExecOptions{Cmd: []string{"uptime"}})
	box.ContainerExecCreate(context.Background(), text, container.ExecOptions{Cmd: []string{"uptime"}})
	box.ContainerExecCreate(context.Background(), "web", container.ExecOptions{Cmd: []string{"sh", "-c", text}}) // expect: SA602 HIGH
	pods.VersionedParams(&v1.PodExecOptions{Command: []string{"sh", "-c", text}}, scheme.ParameterCodec)         // expect: SA602 HIGH
}

func main() {
	var pods *rest.Request
	http.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) { inside(w, r, pods) })
	_ = http.ListenAndServe(":8080", nil)
}
