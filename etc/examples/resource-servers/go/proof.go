// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Which proofs were used; where several processes serve, keep them in one place (Redis).
type proofs struct {
	lock sync.Mutex
	used map[string]time.Time
}

// RFC 9449 sections 4.3 and 7.1.
func (p *proofs) check(r *http.Request, resource, thumbprint, tokenHash string) error {
	if len(r.Header.Values("DPoP")) != 1 {
		return errors.New("not one proof")
	}
	parsed, err := jose.ParseSigned(r.Header.Get("DPoP"), algorithms)
	if err != nil {
		return err
	}
	header := parsed.Signatures[0].Protected
	key := header.JSONWebKey
	if header.ExtraHeaders[jose.HeaderType] != "dpop+jwt" || key == nil || !key.IsPublic() {
		return errors.New("no proof")
	}
	payload, err := parsed.Verify(key)
	if err != nil {
		return err
	}
	var said struct {
		ID      string `json:"jti"`
		Method  string `json:"htm"`
		Target  string `json:"htu"`
		Issued  int64  `json:"iat"`
		OfToken string `json:"ath"`
	}
	if err = json.Unmarshal(payload, &said); err != nil {
		return err
	}
	own, err := key.Thumbprint(crypto.SHA256)
	target, _, _ := strings.Cut(said.Target, "?")
	age := time.Since(time.Unix(said.Issued, 0))
	if err != nil || base64.RawURLEncoding.EncodeToString(own) != thumbprint || said.ID == "" || said.Method != r.Method ||
		target != strings.TrimSuffix(resource, "/")+r.URL.Path || said.OfToken != tokenHash ||
		age < -time.Minute || age > time.Minute {
		return errors.New("a proof of something else")
	}
	return p.useOnce(thumbprint + " " + said.ID)
}

func (p *proofs) useOnce(id string) error {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.used == nil {
		p.used = map[string]time.Time{}
	}
	for other, end := range p.used {
		if end.Before(time.Now()) {
			delete(p.used, other)
		}
	}
	if _, isUsed := p.used[id]; isUsed {
		return errors.New("this proof was used before")
	}
	p.used[id] = time.Now().Add(3 * time.Minute)
	return nil
}
