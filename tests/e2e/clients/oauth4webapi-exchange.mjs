// SPDX-License-Identifier: Apache-2.0
// A login with oauth4webapi, then its token exchanged by a gateway for a narrower one.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { logIn } from './person.mjs'

const { issuer, client_id, client_secret, redirect_uri, user, gateway, gateway_secret } = JSON.parse(process.argv[2])
const plain = { [oauth.allowInsecureRequests]: true }
const type = (name) => `urn:ietf:params:oauth:token-type:${name}`

const url = new URL(issuer)
const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, plain))
const client = { client_id }
const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const start = new URL(server.authorization_endpoint)
start.search = new URLSearchParams({
    client_id, redirect_uri, response_type: 'code', scope: 'openid email', state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
})
const answer = oauth.validateAuthResponse(server, client, await logIn(start, redirect_uri, user), state)
const tokens = await oauth.processAuthorizationCodeResponse(server, client, await oauth.authorizationCodeGrantRequest(
    server, client, oauth.ClientSecretBasic(client_secret), answer, redirect_uri, verifier, plain))
const { sub } = oauth.getValidatedIdTokenClaims(tokens)

const other = { client_id: gateway }
const proof = oauth.ClientSecretBasic(gateway_secret)
const own = await oauth.processClientCredentialsResponse(server, other,
    await oauth.clientCredentialsGrantRequest(server, other, proof, {}, plain))
const exchanged = await oauth.processGenericTokenEndpointResponse(server, other, await oauth.genericTokenEndpointRequest(
    server, other, proof, 'urn:ietf:params:oauth:grant-type:token-exchange', {
        subject_token: tokens.access_token, subject_token_type: type('access_token'),
        actor_token: own.access_token, actor_token_type: type('access_token'), scope: 'openid',
    }, plain))
assert.equal(exchanged.issued_token_type, type('access_token'))
assert.equal(exchanged.scope, 'openid')

// an API
const request = new Request('https://api.example/things', { headers: { authorization: `Bearer ${exchanged.access_token}` } })
const claims = await oauth.validateJwtAccessToken(server, request, issuer, plain)
assert.equal(claims.sub, sub)
assert.deepEqual(claims.act, { sub: gateway })
await assert.rejects(async () => oauth.processGenericTokenEndpointResponse(server, other,
    await oauth.genericTokenEndpointRequest(server, other, proof, 'urn:ietf:params:oauth:grant-type:token-exchange', {
        subject_token: tokens.access_token, subject_token_type: type('access_token'), scope: 'openid email profile',
    }, plain)), { error: 'invalid_scope' })
console.log(`logged in as ${sub}`)
