module example.test/mini

go 1.24

require (
	k8s.io/api v0.31.0
	k8s.io/client-go v0.31.0
)
