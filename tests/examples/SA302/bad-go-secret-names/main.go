package main

import (
	"context"
	"log/slog"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

type Client struct{ set kubernetes.Interface }

func (c *Client) Secret(ctx context.Context, ns, name string) (*corev1.Secret, error) {
	return c.set.CoreV1().Secrets(ns).Get(ctx, name, metav1.GetOptions{})
}

func keys(ctx context.Context, c *Client, log *slog.Logger) {
	s, err := c.Secret(ctx, "a", "b")
	if err != nil {
		return
	}
	names := make([]string, 0, len(s.Data))
	for k := range s.Data {
		names = append(names, k)
	}
	slices.Sort(names)
	log.InfoContext(ctx, "read", "keys", names)
	log.InfoContext(ctx, "read", "name", s.Name, "type", s.Type)
	for k, v := range s.Data {
		log.Info("read", "k", k)
		log.Info("read", "v", v) // expect: SA302
	}
	log.InfoContext(ctx, "read", "data", s.Data) // expect: SA302
	log.InfoContext(ctx, "read", "data", s) // expect: SA302
}
