package main

import (
	"fmt"
	"log"
	"log/slog"
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

type account struct {
	Name   string
	Secret string
}

func (a account) LogValue() slog.Value { return slog.GroupValue(slog.String("name", a.Name)) }

type login struct {
	User     string
	Password string
}

func (l login) String() string { return fmt.Sprintf("login{%s, %d}", l.User, len(l.Password)) }

type store struct {
	Host  string
	Token string
}

func (s store) MarshalLogObject(encoder zapcore.ObjectEncoder) error {
	encoder.AddString("host", s.Host)
	return nil
}

func main() {
	secret := os.Getenv("STORE_SECRET")
	slog.Info("account", "of", account{Name: "a", Secret: secret})
	log.Printf("login %v", login{User: "a", Password: secret})
	logger, _ := zap.NewProduction()
	logger.Info("store", zap.Object("of", store{Host: "b", Token: secret}))
}
