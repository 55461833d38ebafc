// SPDX-License-Identifier: Apache-2.0
// A whole login with openid-client: discovery, code with PKCE, ID token, userinfo, refresh, introspect, revoke.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { logIn, untilRevoked } from './person.mjs'

const { issuer, client_id, client_secret, redirect_uri, user, knownWithin } = JSON.parse(process.argv[2])

const config = await client.discovery(new URL(issuer), client_id, undefined,
    client.ClientSecretBasic(client_secret), { execute: [client.allowInsecureRequests] })
client.enableNonRepudiationChecks(config)

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const expectedNonce = client.randomNonce()
const start = client.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: 'openid profile email offline_access',
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    max_age: '600',
})
const back = await logIn(start, redirect_uri, user)
const tokens = await client.authorizationCodeGrant(config, back,
    { pkceCodeVerifier, expectedState, expectedNonce, maxAge: 600, idTokenExpected: true })

const { sub } = tokens.claims()
const told = await client.fetchUserInfo(config, tokens.access_token, sub)
assert.equal(told.email, user.email)

const fresh = await client.refreshTokenGrant(config, tokens.refresh_token)
assert.notEqual(fresh.access_token, tokens.access_token)
assert.equal((await client.tokenIntrospection(config, fresh.access_token)).active, true)

await client.tokenRevocation(config, fresh.refresh_token)
await untilRevoked(async () => (await client.tokenIntrospection(config, fresh.access_token)).active, knownWithin)
await assert.rejects(client.refreshTokenGrant(config, fresh.refresh_token), { error: 'invalid_grant' })
console.log(`logged in as ${sub}`)
