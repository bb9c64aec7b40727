package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"net/http"
	"os"

	"github.com/golang-jwt/jwt/v5"
	"github.com/gorilla/sessions"
	"golang.org/x/crypto/ssh"
)

var signingKey = []byte("w83kPq02mZx71LrTn5Ys") // expect: SA605

var store = sessions.NewCookieStore([]byte("kP3x9ZtQ7vLm2RwYb6Nd")) // expect: SA605

var other = sessions.NewCookieStore([]byte(os.Getenv("SESSION_KEY")))

func sign(text string) ([]byte, error) {
	mac := hmac.New(sha256.New, []byte("Yx82nQkLp03ZvRt6")) // expect: SA605
	mac.Write([]byte(text))
	_, err := jwt.New(jwt.SigningMethodHS256).SignedString([]byte("9dKx72LqPz0VmRt5")) // expect: SA605
	return mac.Sum(nil), err
}

func call() (*http.Response, error) {
	request, err := http.NewRequest(http.MethodGet, "https://records.example.com", nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer 8fK2lQz7XpR4mNv0Tb3Ws6Yd") // expect: SA605
	request.SetBasicAuth("reader", "pL9x2Kq7Vz0Rm4")                       // expect: SA605
	request.Header.Set("Content-Type", "application/json")
	request.SetBasicAuth("reader", os.Getenv("RECORDS_PASSWORD"))
	return http.DefaultClient.Do(request)
}

func main() {
	_ = []ssh.AuthMethod{ssh.Password("Qx72kLpZ0vRm")} // expect: SA605
	_, _ = sign("text")
	_, _ = call()
}
