package main

// As many tools as a server has: each takes its arguments from the request that was handed in.

func pods(p params) (string, error) { return text(p.all(), "pods"), nil }

func nodes(p params) (string, error) { return text(p.all(), "nodes"), nil }

func events(p params) (string, error) { return text(p.all(), "events"), nil }

func alerts(p params) (string, error) { return text(p.all(), "alerts"), nil }

func metrics(p params) (string, error) { return text(p.all(), "metrics"), nil }

func routes(p params) (string, error) { return text(p.all(), "routes"), nil }

func volumes(p params) (string, error) { return text(p.all(), "volumes"), nil }

func operators(p params) (string, error) { return text(p.all(), "operators"), nil }

func certificates(p params) (string, error) { return text(p.all(), "certificates"), nil }

func (others) tools() []tool {
	return []tool{
		{name: "pods", handler: pods},
		{name: "nodes", handler: nodes},
		{name: "events", handler: events},
		{name: "alerts", handler: alerts},
		{name: "metrics", handler: metrics},
		{name: "routes", handler: routes},
		{name: "volumes", handler: volumes},
		{name: "operators", handler: operators},
		{name: "certificates", handler: certificates},
	}
}

type others struct{}
