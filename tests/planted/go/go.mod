module example.org/CANARY

go 1.24

require example.org/CANARY v1.0.0
