// SPDX-License-Identifier: Apache-2.0
// openid-client registers itself, has somebody logged in with an ID token that only it can read, and signed out again; reads,
// changes and removes its registration.
import assert from 'node:assert/strict'
import { compactDecrypt } from 'jose'
import * as client from 'openid-client'
import { logIn } from './person.mjs'

const { issuer, redirect_uri, user, initial_token } = JSON.parse(process.argv[2])

const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
const postLogout = new URL('/signed-out', redirect_uri).href
const config = await client.dynamicClientRegistration(new URL(issuer), {
    client_name: 'A site by openid-client',
    redirect_uris: [redirect_uri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',  // what openid-client does unless told otherwise
    contacts: ['ops@dynamic.example'],
    jwks: { keys: [{ kty, crv, x, y, use: 'enc', kid: 'enc' }] },
    id_token_encrypted_response_alg: 'ECDH-ES',
    id_token_encrypted_response_enc: 'A256GCM',
    post_logout_redirect_uris: [postLogout],
}, undefined, { initialAccessToken: initial_token, execute: [client.allowInsecureRequests] })
client.enableDecryptingResponses(config, ['A256GCM'], { key: privateKey, kid: 'enc', alg: 'ECDH-ES' })
const made = config.clientMetadata()
assert.equal(made.client_name, 'A site by openid-client')

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const start = client.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: 'openid profile email offline_access',
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
})
const cookies = new Map()
const back = await logIn(start, redirect_uri, user, cookies)
const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState, idTokenExpected: true })
assert.equal(tokens.id_token.split('.').length, 5)
const { sub } = tokens.claims()
assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub)).email, user.email)
assert.ok((await client.refreshTokenGrant(config, tokens.refresh_token)).access_token)

const hint = Buffer.from((await compactDecrypt(tokens.id_token, privateKey)).plaintext).toString()
const signOut = client.buildEndSessionUrl(config, { id_token_hint: hint, post_logout_redirect_uri: postLogout, state: 'out' })
assert.equal((await logIn(signOut, postLogout, user, cookies)).href, `${postLogout}?state=out`)
const silently = client.buildAuthorizationUrl(config, { redirect_uri, scope: 'openid', prompt: 'none', state: 'again',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256' })
assert.equal((await logIn(silently, redirect_uri, user, cookies)).searchParams.get('error'), 'login_required')

const ask = (method, token, body) => fetch(made.registration_client_uri, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
})
const read = await (await ask('GET', made.registration_access_token)).json()
const changed = await (await ask('PUT', made.registration_access_token, { ...read, client_name: 'Another name' })).json()
assert.equal(changed.client_name, 'Another name')
assert.equal((await ask('DELETE', changed.registration_access_token)).status, 204)
console.log(`logged in as ${sub}`)
