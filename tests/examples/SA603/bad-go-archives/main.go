package main

import (
	"archive/tar"
	"archive/zip"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

func put(target string, from io.Reader) error {
	out, err := os.Create(target) // expect: SA603 HIGH
	if err != nil {
		return err
	}
	defer out.Close()
	_, err = io.Copy(out, from)
	return err
}

func unzip(archive, folder string) error {
	held, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer held.Close()
	for _, entry := range held.File {
		from, err := entry.Open()
		if err != nil {
			return err
		}
		if err := put(filepath.Join(folder, entry.Name), from); err != nil {
			return err
		}
	}
	return nil
}

func untar(_ http.ResponseWriter, r *http.Request) {
	held := tar.NewReader(r.Body)
	for {
		header, err := held.Next()
		if err != nil {
			return
		}
		_ = os.WriteFile(filepath.Join("/srv/in", header.Name), nil, 0o600) // expect: SA603 HIGH
	}
}

func main() {
	http.HandleFunc("/", untar)
	_ = unzip("/srv/in.zip", "/srv/in")
	_ = http.ListenAndServe(":8080", nil)
}
