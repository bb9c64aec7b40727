package settings

var Stores = map[string]string{
	"user":     "shelves",
	"password": "kT93hs-Pq0dmZ2", // expect: SA605
}
