package main

import (
	"context"
	"fmt"
	"log"
	"log/slog"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

type ref struct {
	Namespace string
	Secret    string
	Key       string
}

type ingressTLS struct {
	SecretName string
}

type login struct {
	User   string
	Secret string
}

func find(ctx context.Context, c *kubernetes.Clientset, r ref, tls ingressTLS, src corev1.SecretKeySelector, vol *corev1.Volume) error {
	log.Printf("looking for %s/%s", r.Namespace, r.Secret)
	name := fmt.Sprintf("%s/%s", r.Namespace, r.Secret)
	slog.Info("looking", "secret", name)
	log.Printf("tls secret %s", tls.SecretName)
	slog.Info("from", "secret", src.Name)
	slog.Info("volume", "secret", vol.Secret.SecretName)
	found, err := c.CoreV1().Secrets(r.Namespace).Get(ctx, r.Secret, metav1.GetOptions{})
	if err != nil {
		return fmt.Errorf("secret %s/%s: %w", r.Namespace, r.Secret, err)
	}
	log.Printf("found %s", found.Name)
	log.Printf("data %s", found.Data["password"]) // expect: SA302
	return nil
}

func sign(l login) {
	log.Printf("login %s with %s", l.User, l.Secret) // expect: SA302
}

func main() {
	_ = find(context.Background(), nil, ref{}, ingressTLS{}, corev1.SecretKeySelector{}, nil)
	sign(login{})
}
