// Command shelf fills places of texts in.
package main

import (
	"fmt"
	"log"
	"os"
	"regexp"
	"strings"
)

var place = regexp.MustCompile(`\$\{\w+\}`)

func expand(text string, env []string) string {
	return os.Expand(text, func(name string) string {
		for _, one := range env {
			if value, ok := strings.CutPrefix(one, name+"="); ok {
				return value
			}
		}
		return ""
	})
}

func main() {
	token := os.Getenv("SHELF_API_TOKEN")
	env := []string{fmt.Sprintf("%s=%s", "TOKEN", token)}
	log.Println("command", expand("curl ${TOKEN}", env))                                             // expect: SA302
	log.Println("command", place.ReplaceAllString("curl ${TOKEN}", token))                           // expect: SA302
	log.Println("command", place.ReplaceAllStringFunc("curl ${T}", func(string) string { return token })) // expect: SA302
	log.Println("command", strings.NewReplacer("@", token).Replace("curl @"))                        // expect: SA302
	log.Println("command", os.Expand("curl ${TOKEN}", func(name string) string { return "<" + name + ">" }))
	log.Println("token", place.ReplaceAllString(token, "***"))
}
