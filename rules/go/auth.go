package shelf

import (
	"crypto/subtle"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/golang-jwt/jwt/v5"
	"github.com/modelcontextprotocol/go-sdk/auth"
)

func guard(next http.Handler) http.Handler {
	// ruleid: go-auth-bearer
	protected := auth.RequireBearerToken(verify, &auth.RequireBearerTokenOptions{})(next)
	// ok: go-auth-bearer
	open := auth.Open(next)
	// ruleid: go-auth-server
	metadata := auth.ProtectedResourceMetadataHandler(describe)
	// ok: go-auth-server
	other := auth.MetadataClient(describe)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// ruleid: go-auth-header
		given := r.Header.Get("Authorization")
		// ruleid: go-auth-header
		key := c.Request.Header.Get("X-API-Key")
		// ok: go-auth-header
		answered := resp.Header.Get("Authorization")
		// ok: go-auth-header
		kind := r.Header.Get("Content-Type")
		// ruleid: go-auth-jwt
		token, err := jwt.ParseWithClaims(given, &claims, keys)
		// ok: go-auth-jwt
		signed := jwt.NewWithClaims(method, claims)
		// ruleid: go-auth-oidc
		verifier := provider.Verifier(&oidc.Config{ClientID: client})
		// ok: go-auth-oidc
		config := oidc.Config{ClientID: client}
		// ruleid: go-auth-compare
		if subtle.ConstantTimeCompare([]byte(given), []byte(want)) != 1 {
			return
		}
		// ruleid: go-auth-review
		review, err := clients.AuthenticationV1().TokenReviews().Create(ctx, body, options)
		// ok: go-auth-compare, go-auth-review
		pods, err := clients.CoreV1().Pods(space).Create(ctx, pod, options)
	})
}
