package main

import (
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/gin-gonic/gin"
)

const root = "/srv/pages"

func cleaned(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	held, _ := os.ReadFile(path.Clean("/" + name)) // expect: SA603 HIGH
	more, _ := os.ReadFile(filepath.Join(root, filepath.Clean(name))) // expect: SA603 HIGH
	_, _ = w.Write(append(held, more...))
}

func dots(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if strings.Contains(name, "..") {
		return
	}
	held, _ := os.ReadFile(name) // expect: SA603 MEDIUM
	_, _ = w.Write(held)
}

func keep(c *gin.Context) {
	file, err := c.FormFile("file")
	if err != nil {
		return
	}
	_ = c.SaveUploadedFile(file, filepath.Join(root, c.PostForm("folder"), "upload")) // expect: SA603 HIGH
}

func main() {
	http.HandleFunc("/cleaned", cleaned)
	http.HandleFunc("/dots", dots)
	router := gin.Default()
	router.POST("/keep", keep)
	_ = router.Run()
}
