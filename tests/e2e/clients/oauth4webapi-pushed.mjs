// SPDX-License-Identifier: Apache-2.0
// The same with oauth4webapi: a signed request that is pushed, private_key_jwt, an answer that is a JWT.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { logIn } from './person.mjs'

const { issuer, client_id, private_key, redirect_uri, user } = JSON.parse(process.argv[2])
const plain = { [oauth.allowInsecureRequests]: true }

const url = new URL(issuer)
const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, plain))
const client = { client_id, authorization_signed_response_alg: 'ES256' }
const key = await crypto.subtle.importKey('pkcs8', Buffer.from(private_key, 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
const authentication = oauth.PrivateKeyJwt({ key, kid: 'client-key' })

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const nonce = oauth.generateRandomNonce()
const request = await oauth.issueRequestObject(server, client, {
    redirect_uri, response_type: 'code', response_mode: 'jwt', scope: 'openid email', state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
}, { key, kid: 'client-key' })
const pushed = await oauth.processPushedAuthorizationResponse(server, client,
    await oauth.pushedAuthorizationRequest(server, client, authentication, { client_id, request }, plain))
assert.equal(pushed.expires_in, 60)
const start = new URL(server.authorization_endpoint)
start.search = new URLSearchParams({ client_id, request_uri: pushed.request_uri })
const back = await logIn(start, redirect_uri, user)

const answer = await oauth.validateJwtAuthResponse(server, client, back, state, plain)
const tokens = await oauth.processAuthorizationCodeResponse(server, client,
    await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirect_uri, verifier, plain),
    { expectedNonce: nonce, requireIdToken: true })
const { sub } = oauth.getValidatedIdTokenClaims(tokens)
const userinfo = await oauth.processUserInfoResponse(server, client, sub,
    await oauth.userInfoRequest(server, client, tokens.access_token, plain))
assert.equal(userinfo.email, user.email)
console.log(`logged in as ${sub}`)
