package main

import (
	"archive/tar"
	"archive/zip"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

const folder = "/srv/in"

func unzip(_ http.ResponseWriter, r *http.Request) {
	held, err := zip.OpenReader("/srv/in.zip")
	if err != nil {
		return
	}
	for _, entry := range held.File {
		target := filepath.Join(folder, entry.Name)
		if !strings.HasPrefix(target, filepath.Clean(folder)+string(os.PathSeparator)) {
			continue
		}
		_ = os.WriteFile(target, nil, 0o600)
	}
}

func untar(_ http.ResponseWriter, r *http.Request) {
	held := tar.NewReader(r.Body)
	for {
		header, err := held.Next()
		if err != nil {
			return
		}
		if !filepath.IsLocal(header.Name) {
			continue
		}
		_ = os.WriteFile(filepath.Join(folder, header.Name), nil, 0o600)
	}
}

func main() {
	http.HandleFunc("/zip", unzip)
	http.HandleFunc("/tar", untar)
	_ = http.ListenAndServe(":8080", nil)
}
