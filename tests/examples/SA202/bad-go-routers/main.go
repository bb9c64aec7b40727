package main

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/render"
	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type Note struct {
	Title string `json:"title" uri:"title" form:"title"`
	Count int    `json:"count"`
}

func stdHandler(w http.ResponseWriter, r *http.Request) {
	log.Printf("id %s", r.PathValue("id")) // expect: SA202
	log.Printf("q %s", r.FormValue("q")) // expect: SA202
	log.Printf("q %s", r.URL.Query().Get("q")) // expect: SA202
	log.Printf("q %s", r.URL.Path) // expect: SA202
	log.Printf("q %v", r.URL) // expect: SA202
	var n Note
	if err := json.NewDecoder(r.Body).Decode(&n); err != nil {
		return
	}
	log.Printf("t %s", n.Title) // expect: SA202
	log.Printf("c %d", n.Count)
	data, _ := io.ReadAll(r.Body)
	log.Printf("b %s", data)
	var m map[string]any
	_ = json.Unmarshal(data, &m)
	log.Printf("b %v", m["title"]) // expect: SA202
	q := r.URL.Query()
	log.Printf("b %v", q["x"]) // expect: SA202
	vars := mux.Vars(r)
	log.Printf("b %v", vars["id"]) // expect: SA202
	log.Printf("b %v", chi.URLParam(r, "id")) // expect: SA202
	var n2 Note
	_ = render.DecodeJSON(r.Body, &n2)
	log.Printf("t %s", n2.Title) // expect: SA202
	_ = r.ParseForm()
	log.Printf("t %s", r.Form.Get("t")) // expect: SA202
	log.Printf("t %s", r.PostForm["t"]) // expect: SA202
	log.Printf("h %v", r.Header)
}

type API struct{ prefix string }

func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	log.Printf("q %s", r.URL.Path) // expect: SA202
}

func logging(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		log.Printf("%s %s", r.Method, r.RequestURI) // expect: SA202
		next.ServeHTTP(w, r)
	})
}

func decode(r *http.Request) (*Note, error) {
	n := &Note{}
	return n, json.NewDecoder(r.Body).Decode(n)
}

func decodeAny[T any](r *http.Request) (T, error) {
	var v T
	err := json.NewDecoder(r.Body).Decode(&v)
	return v, err
}

func (a *API) create(w http.ResponseWriter, r *http.Request) {
	n, err := decode(r)
	if err != nil {
		return
	}
	log.Printf("t %s", n.Title) // expect: SA202
	o, _ := decodeAny[Note](r)
	log.Printf("t %s", o.Title) // expect: SA202
}

func ginHandler(c *gin.Context) {
	log.Printf("id %s", c.Param("id")) // expect: SA202
	log.Printf("id %s", c.Query("id")) // expect: SA202
	log.Printf("id %s", c.DefaultQuery("id", "")) // expect: SA202
	log.Printf("id %s", c.PostForm("id")) // expect: SA202
	q, _ := c.GetQuery("q")
	log.Printf("id %s", q) // expect: SA202
	var n Note
	if err := c.ShouldBindJSON(&n); err != nil {
		return
	}
	log.Printf("t %s", n.Title) // expect: SA202
	var u Note
	_ = c.ShouldBindUri(&u)
	log.Printf("t %s", u.Title) // expect: SA202
	var b Note
	_ = c.Bind(&b)
	log.Printf("t %s", b.Title) // expect: SA202
	raw, _ := c.GetRawData()
	log.Printf("t %s", raw)
	log.Printf("t %s", c.Request.URL.Path) // expect: SA202
	log.Printf("t %s", c.FullPath())
	log.Printf("t %s", c.GetHeader("X-Who"))
	log.Printf("t %s", c.ClientIP())
}

func echoHandler(c echo.Context) error {
	log.Printf("id %s", c.Param("id")) // expect: SA202
	log.Printf("id %s", c.QueryParam("id")) // expect: SA202
	log.Printf("id %s", c.FormValue("id")) // expect: SA202
	n := new(Note)
	if err := c.Bind(n); err != nil {
		return err
	}
	log.Printf("t %s", n.Title) // expect: SA202
	log.Printf("t %s", c.Request().URL.Path) // expect: SA202
	return nil
}

func fiberHandler(c *fiber.Ctx) error {
	log.Printf("id %s", c.Params("id")) // expect: SA202
	log.Printf("id %s", c.Query("id")) // expect: SA202
	n := Note{}
	if err := c.BodyParser(&n); err != nil {
		return err
	}
	log.Printf("t %s", n.Title) // expect: SA202
	log.Printf("t %s", c.Body())
	log.Printf("t %s", c.Path()) // expect: SA202
	log.Printf("t %s", c.OriginalURL()) // expect: SA202
	return nil
}

func open(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	log.Print("opened")
	return mcp.NewToolResultText("ok"), nil
}

func main() {
	api := &API{}
	http.HandleFunc("/", stdHandler)
	http.Handle("/a", logging(api))
	http.HandleFunc("POST /c", api.create)
	r := chi.NewRouter()
	r.Get("/x/{id}", func(w http.ResponseWriter, r *http.Request) {
		log.Printf("id %s", chi.URLParam(r, "id")) // expect: SA202
	})
	g := gin.New()
	g.GET("/x/:id", ginHandler)
	g.Use(func(c *gin.Context) {
		log.Printf("t %s", c.Request.URL.RawQuery) // expect: SA202
		c.Next()
	})
	e := echo.New()
	e.GET("/x/:id", echoHandler)
	e.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			log.Printf("t %s", c.Request().RequestURI) // expect: SA202
			return next(c)
		}
	})
	f := fiber.New()
	f.Get("/x/:id", fiberHandler)
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("open"), open)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
