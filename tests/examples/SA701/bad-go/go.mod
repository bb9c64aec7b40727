module example.org/server

go 1.24

require (
	example.org/demo/net v0.8.0
	example.org/demo/log v1.0.0 // indirect
)

replace example.org/demo/log => example.org/demo/log v1.1.0
