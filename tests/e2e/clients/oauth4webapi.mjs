// SPDX-License-Identifier: Apache-2.0
// A whole login with oauth4webapi, authenticating by private_key_jwt and checking the access token as an API would.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { logIn } from './person.mjs'

const { issuer, client_id, private_key, redirect_uri, user } = JSON.parse(process.argv[2])
const plain = { [oauth.allowInsecureRequests]: true }

const url = new URL(issuer)
const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, plain))
const client = { client_id }
const key = await crypto.subtle.importKey('pkcs8', Buffer.from(private_key, 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
const authentication = oauth.PrivateKeyJwt({ key, kid: 'client-key' })

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const nonce = oauth.generateRandomNonce()
const start = new URL(server.authorization_endpoint)
start.search = new URLSearchParams({
    client_id, redirect_uri, response_type: 'code', scope: 'openid email', state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
})
const back = await logIn(start, redirect_uri, user)

const answer = oauth.validateAuthResponse(server, client, back, state)
const response = await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirect_uri,
    verifier, plain)
const tokens = await oauth.processAuthorizationCodeResponse(server, client, response,
    { expectedNonce: nonce, requireIdToken: true })
await oauth.validateApplicationLevelSignature(server, response, plain)
const { sub } = oauth.getValidatedIdTokenClaims(tokens)

const userinfo = await oauth.processUserInfoResponse(server, client, sub,
    await oauth.userInfoRequest(server, client, tokens.access_token, plain))
assert.equal(userinfo.email, user.email)

const request = new Request('https://api.example/', { headers: { authorization: `Bearer ${tokens.access_token}` } })
const claims = await oauth.validateJwtAccessToken(server, request, issuer, plain)
assert.equal(claims.sub, sub)
assert.equal(claims.client_id, client_id)

const introspected = await oauth.processIntrospectionResponse(server, client,
    await oauth.introspectionRequest(server, client, authentication, tokens.access_token, plain))
assert.equal(introspected.active, true)
await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, authentication, tokens.access_token, plain))
const after = await oauth.processIntrospectionResponse(server, client,
    await oauth.introspectionRequest(server, client, authentication, tokens.access_token, plain))
assert.equal(after.active, false)
console.log(`logged in as ${sub}`)
