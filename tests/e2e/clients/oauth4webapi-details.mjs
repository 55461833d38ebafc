// SPDX-License-Identifier: Apache-2.0
// Authorization details with oauth4webapi: asked for, granted, and narrowed at a refresh (RFC 9396).
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { logIn } from './person.mjs'

const { issuer, client_id, client_secret, redirect_uri, user, details, less } = JSON.parse(process.argv[2])
const plain = { [oauth.allowInsecureRequests]: true }

const url = new URL(issuer)
const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, plain))
for (const { type } of details) {
    assert.ok(server.authorization_details_types_supported.includes(type))
}
const client = { client_id }
const authentication = oauth.ClientSecretBasic(client_secret)

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const start = new URL(server.authorization_endpoint)
start.search = new URLSearchParams({
    client_id, redirect_uri, response_type: 'code', scope: 'openid offline_access', prompt: 'consent', state,
    authorization_details: JSON.stringify(details),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
})
const back = await logIn(start, redirect_uri, user)
const answer = oauth.validateAuthResponse(server, client, back, state)
const tokens = await oauth.processAuthorizationCodeResponse(server, client,
    await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirect_uri, verifier, plain))
assert.deepEqual(tokens.authorization_details, details)

const narrowed = await oauth.processRefreshTokenResponse(server, client,
    await oauth.refreshTokenGrantRequest(server, client, authentication, tokens.refresh_token,
        { ...plain, additionalParameters: { authorization_details: JSON.stringify(less) } }))
assert.deepEqual(narrowed.authorization_details, less)
const request = new Request('https://api.example/', { headers: { authorization: `Bearer ${narrowed.access_token}` } })
assert.deepEqual((await oauth.validateJwtAccessToken(server, request, issuer, plain)).authorization_details, less)
const introspected = await oauth.processIntrospectionResponse(server, client,
    await oauth.introspectionRequest(server, client, authentication, narrowed.access_token, plain))
assert.deepEqual(introspected.authorization_details, less)

await assert.rejects(oauth.refreshTokenGrantRequest(server, client, authentication, narrowed.refresh_token,
    { ...plain, additionalParameters: { authorization_details: JSON.stringify([{ ...less[0], other: 1 }]) } })
    .then((response) => oauth.processRefreshTokenResponse(server, client, response)),
    { error: 'invalid_authorization_details' })
console.log(`logged in as ${oauth.getValidatedIdTokenClaims(tokens).sub}`)
