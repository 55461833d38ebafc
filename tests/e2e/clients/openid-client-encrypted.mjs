// SPDX-License-Identifier: Apache-2.0
// A login with openid-client that signs its request (RFC 9101), and gets an ID token and UserInfo that only it can read.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { logIn } from './person.mjs'

const { issuer, client_id, client_secret, redirect_uri, user, private_key, decryption_key } = JSON.parse(process.argv[2])

const config = await client.discovery(new URL(issuer), client_id,
    { userinfo_signed_response_alg: 'ES256' },
    client.ClientSecretBasic(client_secret), { execute: [client.allowInsecureRequests] })
const signing = await crypto.subtle.importKey('pkcs8', Buffer.from(private_key, 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
const { kid, ...jwk } = decryption_key
const decryption = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
client.enableDecryptingResponses(config, ['A256GCM'], { key: decryption, kid, alg: 'ECDH-ES' })

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const expectedNonce = client.randomNonce()
const start = await client.buildAuthorizationUrlWithJAR(config, {
    redirect_uri,
    scope: 'openid email',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
}, { key: signing, kid: 'client-key' })
assert.deepEqual([...start.searchParams.keys()].sort(), ['client_id', 'request'])
const back = await logIn(start, redirect_uri, user)
const tokens = await client.authorizationCodeGrant(config, back,
    { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true })
assert.equal(tokens.id_token.split('.').length, 5)

const { sub } = tokens.claims()
const told = await client.fetchUserInfo(config, tokens.access_token, sub)
assert.equal(told.email, user.email)
console.log(`logged in as ${sub}`)
