package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/go-kit/log"
	"github.com/go-kit/log/level"
	"github.com/golang-jwt/jwt/v5"
	"github.com/rs/zerolog/hlog"
	"github.com/sirupsen/logrus"
	"github.com/spf13/viper"
	"go.uber.org/zap"
	"golang.org/x/oauth2"
)

type store struct {
	log   *zap.Logger
	kit   log.Logger
	plain logrus.Ext1FieldLogger
}

func settings(s *store) {
	password := flag.String("database-password", "", "password of the database")
	host := flag.String("host", "", "host of the database")
	var key string
	flag.StringVar(&key, "api-key", "", "key of the service")
	flag.Parse()
	s.log.Info("ready", zap.String("with", *password), zap.String("at", *host)) // expect: SA302
	s.log.Info("ready", zap.String("with", key))                              // expect: SA302
	s.log.Info("ready", zap.String("with", viper.GetString("store.password"))) // expect: SA302
	s.log.Info("ready", zap.String("with", viper.GetString("store.name")))
}

func buffers(s *store) {
	secret := os.Getenv("STORE_SECRET")
	var made strings.Builder
	made.WriteString("store=")
	made.WriteString(secret)
	s.log.Info(made.String()) // expect: SA302
	var held bytes.Buffer
	fmt.Fprintf(&held, "store=%s", secret)
	s.log.Info(held.String()) // expect: SA302
	s.log.Info(strings.ReplaceAll("store="+secret, secret, "***"))
	if entry := s.log.Check(zap.InfoLevel, "store"); entry != nil {
		entry.Write(zap.String("with", secret)) // expect: SA302
	}
}

func tokens(s *store, config *oauth2.Config, code string) error {
	given, err := config.Exchange(context.Background(), code)
	if err != nil {
		return err
	}
	s.log.Info("granted", zap.Any("answer", given)) // expect: SA302
	s.log.Info("granted", zap.Time("until", given.Expiry), zap.String("kind", given.TokenType))
	signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{}).SignedString([]byte(code))
	s.log.Info("signed", zap.String("text", signed)) // expect: SA302
	return err
}

func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	given := r.Header.Values("Authorization")
	_ = s.kit.Log("msg", "asked", "with", given)                          // expect: SA302
	_ = level.Info(log.With(s.kit, "with", given)).Log("msg", "asked")    // expect: SA302
	s.plain.Infof("asked with %s", given)                                 // expect: SA302
	hlog.FromRequest(r).Info().Strs("with", given).Msg("asked")           // expect: SA302
	hlog.FromRequest(r).Info().Bool("with", len(given) > 0).Msg("asked")
	event := hlog.FromRequest(r).Info()
	event.Strs("with", given)
	event.Msg("asked") // expect: SA302
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	held, _ := zap.NewProduction()
	s := &store{log: held, kit: log.NewJSONLogger(os.Stderr), plain: logrus.New()}
	settings(s)
	buffers(s)
	_ = tokens(s, &oauth2.Config{}, "code")
	_ = http.ListenAndServe(":8080", s)
}
