package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func main() {
	server := echo.New()
	server.GET("/note", func(c echo.Context) error {
		c.Logger().Infof("note %s", c.QueryParam("title")) // expect: SA202
		c.Logger().Infof("note %q of %s", c.QueryParam("title"), c.QueryParam("shelf")) // expect: SA202
		c.Logger().Infof("note %q", c.QueryParam("title"))
		return c.NoContent(http.StatusNoContent)
	})
	server.Logger.Fatal(server.Start(":8080"))
}
