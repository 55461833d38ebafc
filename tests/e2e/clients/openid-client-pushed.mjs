// SPDX-License-Identifier: Apache-2.0
// A login with openid-client that signs its request and pushes it (RFC 9101, RFC 9126), authenticated by private_key_jwt, and gets
// its answer as a JWT (JARM).
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { logIn } from './person.mjs'

const { issuer, client_id, redirect_uri, user, private_key } = JSON.parse(process.argv[2])

const key = await crypto.subtle.importKey('pkcs8', Buffer.from(private_key, 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
const config = await client.discovery(new URL(issuer), client_id, { authorization_signed_response_alg: 'ES256' },
    client.PrivateKeyJwt({ key, kid: 'client-key' }),
    { execute: [client.allowInsecureRequests, client.useJwtResponseMode] })

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const expectedNonce = client.randomNonce()
const { searchParams } = await client.buildAuthorizationUrlWithJAR(config, {
    redirect_uri,
    scope: 'openid email',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
}, { key, kid: 'client-key' })
const start = await client.buildAuthorizationUrlWithPAR(config, searchParams)
assert.deepEqual([...start.searchParams.keys()].sort(), ['client_id', 'request_uri'])
const back = await logIn(start, redirect_uri, user)
assert.deepEqual([...back.searchParams.keys()], ['response'])
const tokens = await client.authorizationCodeGrant(config, back,
    { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true })

const { sub } = tokens.claims()
const told = await client.fetchUserInfo(config, tokens.access_token, sub)
assert.equal(told.email, user.email)
console.log(`logged in as ${sub}`)
