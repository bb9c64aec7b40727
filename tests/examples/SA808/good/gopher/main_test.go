package main

import "testing"

func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
}
