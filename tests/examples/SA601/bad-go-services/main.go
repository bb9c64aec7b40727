package main

import (
	"context"
	"fmt"
	"log"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/valyala/fasthttp"
	"google.golang.org/grpc"

	pb "example.test/tools/gen"
)

type preview struct {
	pb.UnimplementedPreviewServer
}

func (p *preview) Fetch(ctx context.Context, in *pb.FetchRequest) (*pb.FetchReply, error) {
	if _, err := http.Get(in.GetAddress()); err != nil { // expect: SA601 HIGH
		return nil, err
	}
	if _, err := http.Get(fmt.Sprintf("https://files.example.com/%d", in.GetNumber())); err != nil {
		return nil, err
	}
	return &pb.FetchReply{}, nil
}

type order struct {
	Address string `json:"address"`
	Count   int    `json:"count"`
}

func handle(_ context.Context, event events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	_, err := http.Get(event.QueryStringParameters["address"]) // expect: SA601 HIGH
	return events.APIGatewayProxyResponse{StatusCode: http.StatusOK}, err
}

func work(_ context.Context, made order) error {
	log.Printf("%d orders", made.Count)
	_, err := http.Get(made.Address) // expect: SA601 HIGH
	return err
}

func fast(ctx *fasthttp.RequestCtx) {
	_, _ = http.Get(string(ctx.QueryArgs().Peek("address"))) // expect: SA601 HIGH
}

func plain(_ http.ResponseWriter, r *http.Request) {
	_, _ = http.Get(r.Referer()) // expect: SA601 HIGH
	if kept, err := r.Cookie("backend"); err == nil {
		_, _ = http.Get(kept.Value) // expect: SA601 HIGH
	}
}

func main() {
	server := grpc.NewServer()
	pb.RegisterPreviewServer(server, &preview{})
	lambda.Start(handle)
	lambda.Start(work)
	http.HandleFunc("/", plain)
	_ = fasthttp.ListenAndServe(":8080", fast)
}
