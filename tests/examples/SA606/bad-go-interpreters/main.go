package main

import (
	"net/http"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/Shopify/go-lua"
	"github.com/dop251/goja"
	"github.com/traefik/yaegi/interp"
	"go.starlark.net/starlark"
)

func rule(_ http.ResponseWriter, r *http.Request) {
	text := r.FormValue("rule")
	machine := goja.New()
	_ = machine.Set("input", text)
	_, _ = machine.RunString("check(input)")
	_, _ = machine.RunScript("rule.js", text)                           // expect: SA606 HIGH
	_, _ = interp.New(interp.Options{}).Eval(text)                      // expect: SA606 HIGH
	_, _ = starlark.ExecFile(&starlark.Thread{}, "rule", text, nil)     // expect: SA606 HIGH
	_, _ = machine.RunProgram(goja.MustCompile("rule.js", text, true))  // expect: SA606 HIGH
	_ = lua.DoString(lua.NewState(), text)                              // expect: SA606 HIGH
	_, _ = template.New("r").Funcs(sprig.TxtFuncMap()).Parse(text)      // expect: SA606 HIGH
}

func main() {
	http.HandleFunc("/rule", rule)
	_ = http.ListenAndServe(":8080", nil)
}
