package main

import (
	"os/exec"

	"github.com/beego/beego/v2/server/web"
	"github.com/emicklei/go-restful/v3"
	"github.com/kataras/iris/v12"
)

func shown(ctx iris.Context) {
	_ = exec.Command("sh", "-c", ctx.URLParam("name")).Run() // expect: SA602 HIGH
}

func told(req *restful.Request, _ *restful.Response) {
	_ = exec.Command("sh", "-c", req.QueryParameter("name")).Run() // expect: SA602 HIGH
}

type pages struct {
	web.Controller
}

func (p *pages) Get() {
	_ = exec.Command("sh", "-c", p.GetString("name")).Run() // expect: SA602 HIGH
}

func main() {
	web.Router("/pages", &pages{})
	web.Run()
}
