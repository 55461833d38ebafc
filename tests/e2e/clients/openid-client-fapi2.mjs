// SPDX-License-Identifier: Apache-2.0
// The FAPI 2.0 Security Profile with openid-client: private_key_jwt for the issuer alone, a pushed request, a key for the tokens.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { logIn } from './person.mjs'

const { issuer, client_id, redirect_uri, user, private_key } = JSON.parse(process.argv[2])

const key = await crypto.subtle.importKey('pkcs8', Buffer.from(private_key, 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
const config = await client.discovery(new URL(issuer), client_id,
    { id_token_signed_response_alg: 'PS256', dpop_bound_access_tokens: true },
    client.PrivateKeyJwt({ key, kid: 'client-key' }), { execute: [client.allowInsecureRequests] })
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const expectedNonce = client.randomNonce()
const start = await client.buildAuthorizationUrlWithPAR(config, {
    redirect_uri,
    scope: 'openid email offline_access',
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
}, { DPoP })
const back = await logIn(start, redirect_uri, user)
const tokens = await client.authorizationCodeGrant(config, back,
    { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }, undefined, { DPoP })
assert.equal(tokens.token_type, 'dpop')

const { sub } = tokens.claims()
const told = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })
assert.equal(told.email, user.email)
const fresh = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })
assert.equal(fresh.refresh_token, tokens.refresh_token)
console.log(`logged in as ${sub}`)
