module example.org/server

go 1.24

require example.org/demo/net v0.9.1
