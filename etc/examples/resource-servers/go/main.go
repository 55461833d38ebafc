// SPDX-License-Identifier: Apache-2.0

// An API for access tokens that are JWTs: bearer tokens, and those bound by DPoP or to a certificate.
package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
)

const (
	twoFactors = "urn:gatehouse:acr:two-factors"
	metadata   = "/.well-known/oauth-protected-resource"
)

var algorithms = []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.EdDSA}

type claims struct {
	Subject  string `json:"sub"`
	Class    string `json:"acr"`
	AuthTime int64  `json:"auth_time"`
	Bound    struct {
		Key         string `json:"jkt"`
		Certificate string `json:"x5t#S256"`
	} `json:"cnf"`
}

type api struct {
	issuer, resource string
	tokens           *oidc.IDTokenVerifier
	proofs           *proofs
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// RFC 9068 section 4, and what the token is bound to.
func (a *api) check(r *http.Request) (said claims, err error) {
	scheme, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	parsed, err := jose.ParseSigned(text, algorithms)
	if err != nil || parsed.Signatures[0].Header.ExtraHeaders[jose.HeaderType] != "at+jwt" {
		return said, errors.New("no access token")
	}
	token, err := a.tokens.Verify(r.Context(), text)
	if err != nil {
		return said, err
	}
	if err = token.Claims(&said); err != nil {
		return said, err
	}
	isProven := strings.EqualFold(scheme, "DPoP")
	if isProven != (said.Bound.Key != "") || !isProven && !strings.EqualFold(scheme, "Bearer") {
		return said, errors.New("bound to a key, or not, and shown otherwise")
	}
	if isProven {
		err = a.proofs.check(r, a.resource, said.Bound.Key, digest([]byte(text)))
	}
	if bound := said.Bound.Certificate; bound != "" { // RFC 8705 section 3
		if len(r.TLS.PeerCertificates) == 0 || digest(r.TLS.PeerCertificates[0].Raw) != bound {
			return said, errors.New("bound to another certificate")
		}
	}
	return said, err
}

func (a *api) refuse(w http.ResponseWriter, challenge string) {
	origin := strings.TrimSuffix(a.resource, "/")
	w.Header().Add("WWW-Authenticate", fmt.Sprintf("Bearer %sresource_metadata=%q", challenge, origin+metadata))
	w.Header().Add("WWW-Authenticate", fmt.Sprintf("DPoP %salgs=\"ES256 PS256 EdDSA\"", challenge))
	w.WriteHeader(http.StatusUnauthorized)
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == metadata { // RFC 9728
		json.NewEncoder(w).Encode(map[string]any{"resource": a.resource, "authorization_servers": []string{a.issuer},
			"bearer_methods_supported": []string{"header"}})
		return
	}
	if r.Header.Get("Authorization") == "" {
		a.refuse(w, "")
		return
	}
	said, err := a.check(r)
	if err != nil {
		log.Print(err)
		a.refuse(w, `error="invalid_token", `)
		return
	}
	if r.URL.Path != "/stock" && r.URL.Path != "/orders" {
		http.NotFound(w, r)
		return
	}
	isStrong := said.Class == twoFactors && time.Since(time.Unix(said.AuthTime, 0)) < 5*time.Minute
	if r.URL.Path == "/orders" && !isStrong { // RFC 9470
		a.refuse(w, fmt.Sprintf(`error="insufficient_user_authentication", acr_values=%q, max_age="300", `, twoFactors))
		return
	}
	json.NewEncoder(w).Encode(map[string]string{"sub": said.Subject})
}

func main() {
	issuer, resource := os.Getenv("ISSUER"), os.Getenv("RESOURCE")
	provider, err := oidc.NewProvider(context.Background(), issuer)
	if err != nil {
		log.Fatal(err)
	}
	handler := &api{issuer, resource, provider.Verifier(&oidc.Config{ClientID: resource}), &proofs{}}
	server := &http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), Handler: handler, ReadHeaderTimeout: 10 * time.Second,
		TLSConfig: &tls.Config{ClientAuth: tls.RequestClientCert}}
	log.Fatal(server.ListenAndServeTLS(os.Getenv("CERTIFICATE"), os.Getenv("KEY")))
}
