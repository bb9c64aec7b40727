package main

import (
	"database/sql"
	"html/template"
	"net/http"
	"os"

	"github.com/xuri/excelize/v2"
)

func files(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	kept, _ := os.MkdirTemp("/srv/"+name, "x")              // expect: SA603 HIGH
	root, _ := os.OpenRoot("/srv/" + name)                  // expect: SA603 HIGH
	inside, _ := http.Dir("/srv/files").Open(name)
	all := http.FileServer(http.Dir("/srv/" + name))        // expect: SA603 HIGH
	page, _ := template.ParseGlob("/srv/" + name + "/*")    // expect: SA603 HIGH
	sheet, _ := excelize.OpenFile("/srv/" + name)           // expect: SA603 HIGH
	base, _ := sql.Open("sqlite3", "/srv/"+name)            // expect: SA603 HIGH
	use(kept, root, inside, all, page, sheet, base)
}

func use(...any) {}

func main() {
	http.HandleFunc("/files", files)
	_ = http.ListenAndServe(":8080", nil)
}
