// SPDX-License-Identifier: Apache-2.0

// A whole login with coreos/go-oidc and golang.org/x/oauth2, as a Go web application would do it. Argument: what to use,
// as JSON. Says where to send the person, and reads where they came back.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/url"
	"os"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

type given struct {
	Issuer       string `json:"issuer"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	RedirectURI  string `json:"redirect_uri"`
	User         struct {
		Email string `json:"email"`
	} `json:"user"`
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func expect(isSo bool, what string) {
	if !isSo {
		log.Fatal(what)
	}
}

func main() {
	var use given
	must(json.Unmarshal([]byte(os.Args[1]), &use))
	ctx := context.Background()
	provider, err := oidc.NewProvider(ctx, use.Issuer)
	must(err)
	config := oauth2.Config{
		ClientID:     use.ClientID,
		ClientSecret: use.ClientSecret,
		Endpoint:     provider.Endpoint(),
		RedirectURL:  use.RedirectURI,
		Scopes:       []string{oidc.ScopeOpenID, "email", oidc.ScopeOfflineAccess},
	}
	verifier := oauth2.GenerateVerifier()
	nonce := oauth2.GenerateVerifier()
	fmt.Println(config.AuthCodeURL("a state", oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier),
		oauth2.SetAuthURLParam("prompt", "consent")))

	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	must(err)
	back, err := url.Parse(strings.TrimSpace(line))
	must(err)
	expect(back.Query().Get("state") == "a state", "another state")
	token, err := config.Exchange(ctx, back.Query().Get("code"), oauth2.VerifierOption(verifier))
	must(err)

	idToken := verified(ctx, provider, &config, token)
	expect(idToken.Nonce == nonce, "another nonce")
	must(idToken.VerifyAccessToken(token.AccessToken))
	info, err := provider.UserInfo(ctx, config.TokenSource(ctx, token))
	must(err)
	expect(info.Subject == idToken.Subject && info.Email == use.User.Email, "somebody else's UserInfo")

	fresh, err := config.TokenSource(ctx, &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
	must(err)
	expect(fresh.AccessToken != token.AccessToken, "the same access token")
	expect(verified(ctx, provider, &config, fresh).Subject == idToken.Subject, "somebody else")
	fmt.Println("logged in as", idToken.Subject)
}

func verified(ctx context.Context, provider *oidc.Provider, config *oauth2.Config, token *oauth2.Token) *oidc.IDToken {
	raw, isThere := token.Extra("id_token").(string)
	expect(isThere, "no ID token")
	idToken, err := provider.Verifier(&oidc.Config{ClientID: config.ClientID}).Verify(ctx, raw)
	must(err)
	return idToken
}
