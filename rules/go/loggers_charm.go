package shelf

import (
	"os"

	"github.com/charmbracelet/log"
)

func setUpCharm() {
	// ruleid: go-logger-charm
	plain := log.New(os.Stderr)
	// ruleid: go-logger-charm-json
	lines := log.NewWithOptions(os.Stderr, log.Options{Formatter: log.JSONFormatter})
	// ruleid: go-logger-charm-json
	plain.SetFormatter(log.JSONFormatter)
	// ok: go-logger-charm, go-logger-charm-json
	plain.SetLevel(log.DebugLevel)
}
