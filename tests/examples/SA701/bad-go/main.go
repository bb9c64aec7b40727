package main

import "example.org/demo/net"

func main() {
	net.Serve()
}
