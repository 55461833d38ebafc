// SPDX-License-Identifier: Apache-2.0
// A client whose tokens are bound to its key, with oauth4webapi, which checks the access token and its proof as an API would.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { logIn } from './person.mjs'

const { issuer, client_id, client_secret, redirect_uri, user, algorithm } = JSON.parse(process.argv[2])
const plain = { [oauth.allowInsecureRequests]: true }

const url = new URL(issuer)
const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, plain))
assert.ok(server.dpop_signing_alg_values_supported.includes(algorithm))
const client = { client_id }
const authentication = oauth.ClientSecretBasic(client_secret)
const DPoP = oauth.DPoP(client, await oauth.generateKeyPair(algorithm))
const bound = { ...plain, DPoP }

// once more with the nonce that was sent, where one is wanted
const withNonce = async (send, process) => {
    try {
        return await process(await send())
    } catch (error) {
        if (!oauth.isDPoPNonceError(error)) throw error
        return process(await send())
    }
}

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const start = new URL(server.authorization_endpoint)
start.search = new URLSearchParams({
    client_id, redirect_uri, response_type: 'code', scope: 'openid email', state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
})
const answer = oauth.validateAuthResponse(server, client, await logIn(start, redirect_uri, user), state)
const tokens = await withNonce(
    () => oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirect_uri, verifier, bound),
    (response) => oauth.processAuthorizationCodeResponse(server, client, response, { requireIdToken: true }))
assert.equal(tokens.token_type, 'dpop')
const { sub } = oauth.getValidatedIdTokenClaims(tokens)

const userinfo = await withNonce(() => oauth.userInfoRequest(server, client, tokens.access_token, bound),
    (response) => oauth.processUserInfoResponse(server, client, sub, response))
assert.equal(userinfo.email, user.email)

// an API
let asked
await oauth.protectedResourceRequest(tokens.access_token, 'GET', new URL('https://api.example/things'), undefined, undefined,
    { DPoP, [oauth.customFetch]: async (target, options) => { asked = new Request(target, options); return new Response() } })
const claims = await oauth.validateJwtAccessToken(server, asked, issuer, plain)
assert.equal(claims.sub, sub)
assert.ok(claims.cnf.jkt)
console.log(`logged in as ${sub}`)
