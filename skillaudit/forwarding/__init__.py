"""What configuration says about the way of log records: workloads, agents, destinations and who may delete there."""
