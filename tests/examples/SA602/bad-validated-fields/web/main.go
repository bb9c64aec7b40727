package main

import (
	"os/exec"

	"github.com/gin-gonic/gin"
)

type order struct {
	Plan string `json:"plan" binding:"required,oneof=free paid"`
	Code string `json:"code" binding:"alphanum,max=8"`
	Note string `json:"note" binding:"required"`
	Kind string `json:"kind" validate:"oneof=a b"`
}

func main() {
	r := gin.New()
	r.POST("/orders", func(c *gin.Context) {
		var in order
		if err := c.ShouldBindJSON(&in); err != nil {
			return
		}
		exec.Command("sh", "-c", "order "+in.Plan+in.Code).Run()
		exec.Command("sh", "-c", "order "+in.Note).Run() // expect: SA602 HIGH
		exec.Command("sh", "-c", "order "+in.Kind).Run() // expect: SA602 HIGH
	})
	r.Run()
}
