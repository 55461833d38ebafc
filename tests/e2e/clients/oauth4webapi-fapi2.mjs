// SPDX-License-Identifier: Apache-2.0
// FAPI 2.0 with oauth4webapi: private_key_jwt for the issuer alone, a pushed request, a key for the tokens; and, for the
// Message Signing profile, a signed request and an answer that is a JWT.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { logIn } from './person.mjs'

const { issuer, client_id, redirect_uri, user, private_key, is_signed } = JSON.parse(process.argv[2])
const plain = { [oauth.allowInsecureRequests]: true }

const url = new URL(issuer)
const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, plain))
assert.equal(server.require_pushed_authorization_requests, true)
assert.ok(!server.id_token_signing_alg_values_supported.includes('RS256'))
const client = {
    client_id, id_token_signed_response_alg: 'PS256', authorization_signed_response_alg: 'PS256',
    require_pushed_authorization_requests: true,
}
const key = await crypto.subtle.importKey('pkcs8', Buffer.from(private_key, 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
const signing = { key, kid: 'client-key' }
const authentication = oauth.PrivateKeyJwt(signing)
const bound = { ...plain, DPoP: oauth.DPoP(client, await oauth.generateKeyPair('ES256')) }

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const nonce = oauth.generateRandomNonce()
const asked = {
    redirect_uri, response_type: 'code', scope: 'openid email offline_access', prompt: 'consent', state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
}
const request = is_signed
    ? { client_id, request: await oauth.issueRequestObject(server, client, { ...asked, response_mode: 'jwt' }, signing) }
    : asked
const pushed = await oauth.processPushedAuthorizationResponse(server, client,
    await oauth.pushedAuthorizationRequest(server, client, authentication, request, bound))
const start = new URL(server.authorization_endpoint)
start.search = new URLSearchParams({ client_id, request_uri: pushed.request_uri })
const back = await logIn(start, redirect_uri, user)

const answer = is_signed
    ? await oauth.validateJwtAuthResponse(server, client, back, state, plain)
    : oauth.validateAuthResponse(server, client, back, state)
const tokens = await oauth.processAuthorizationCodeResponse(server, client,
    await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirect_uri, verifier, bound),
    { expectedNonce: nonce, requireIdToken: true })
assert.equal(tokens.token_type, 'dpop')
const { sub } = oauth.getValidatedIdTokenClaims(tokens)
const told = await oauth.processUserInfoResponse(server, client, sub,
    await oauth.userInfoRequest(server, client, tokens.access_token, bound))
assert.equal(told.email, user.email)
const fresh = await oauth.processRefreshTokenResponse(server, client,
    await oauth.refreshTokenGrantRequest(server, client, authentication, tokens.refresh_token, bound))
assert.equal(fresh.token_type, 'dpop')
console.log(`logged in as ${sub}`)
