package main

import (
	"fmt"
	"log"
	"os"

	"github.com/getsentry/sentry-go"
	"github.com/go-logr/stdr"
	"github.com/gofiber/fiber/v2"
)

var token = os.Getenv("SERVICE_TOKEN")

func start(c *fiber.Ctx) error {
	stdr.New(nil).WithValues("token", token).Info("started") // expect: SA302 HIGH
	fmt.Fprint(log.Writer(), token)                          // expect: SA302 HIGH
	log.Println(c.Cookies("session_token"))                  // expect: SA302 HIGH
	sentry.CaptureMessage("token " + token)                   // expect: SA302 LOW
	log.SetPrefix(token)                                     // expect: SA302 HIGH
	return nil
}

func main() {
	app := fiber.New()
	app.Get("/", start)
	_ = app.Listen(":8080")
}
