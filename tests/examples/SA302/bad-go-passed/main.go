package main

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gin-gonic/gin"
	"github.com/rs/zerolog"
)

type callerKey struct{}

type profile struct{ Name, Key string }

var (
	ticket  = sync.OnceValue(func() string { return os.Getenv("QUEUE_TOKEN") })
	current atomic.Pointer[profile]
	shared  sync.Map
)

func withCaller(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), callerKey{}, r.Header.Get("Authorization"))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func greet(w http.ResponseWriter, r *http.Request) {
	if caller, ok := r.Context().Value(callerKey{}).(string); ok {
		log.Printf("greeting %s", caller) // expect: SA302 HIGH
	}
}

func routes() *gin.Engine {
	engine := gin.New()
	engine.Use(func(c *gin.Context) { c.Set("bearer", c.GetHeader("Authorization")) })
	engine.GET("/", func(c *gin.Context) {
		log.Println("from", c.MustGet("bearer")) // expect: SA302 HIGH
	})
	return engine
}

type lazy struct {
	once  sync.Once
	value string
}

func (l *lazy) get() string {
	l.once.Do(func() { l.value = os.Getenv("QUEUE_TOKEN") })
	return l.value
}

func started(verbose bool) {
	logger := zerolog.New(os.Stderr)
	event := logger.Info().Str("zone", "north")
	if verbose {
		event = event.Str("extra", os.Getenv("MAIL_PASSWORD"))
	}
	event.Msg("started") // expect: SA302 HIGH
	ctx := logger.With().Str("extra", os.Getenv("MAIL_PASSWORD")).Logger().WithContext(context.Background())
	zerolog.Ctx(ctx).Info().Msg("carried") // expect: SA302 HIGH
}

func held() {
	current.Store(&profile{Name: "mail", Key: os.Getenv("MAIL_API_KEY")})
	shared.Store("mail", os.Getenv("MAIL_API_KEY"))
	log.Println("one", current.Load().Key) // expect: SA302 HIGH
	found, _ := shared.Load("mail")
	log.Println("two", found) // expect: SA302 HIGH
	log.Println("three", ticket()) // expect: SA302 HIGH
	log.Println("once", new(lazy).get()) // expect: SA302 HIGH
	keys := map[string]string{"mail": os.Getenv("MAIL_API_KEY")}
	log.Println("four", slices.Collect(maps.Values(keys))) // expect: SA302 HIGH
	parts := make([]string, 1)
	copy(parts, []string{os.Getenv("MAIL_API_KEY")})
	log.Println("five", parts[0]) // expect: SA302 HIGH
	slog.Info("six", "hex", fmt.Sprintf("%x", os.Getenv("MAIL_API_KEY"))) // expect: SA302 HIGH
}

func main() {
	started(len(os.Args) > 1)
	held()
	go routes().Run()
	http.ListenAndServe(":8080", withCaller(http.HandlerFunc(greet)))
}
