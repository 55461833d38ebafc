// SPDX-License-Identifier: Apache-2.0
// A public client whose tokens are bound to its key, with openid-client: code bound by dpop_jkt, or as it is
// pushed with a proof; userinfo, refresh; with another key nothing.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { logIn } from './person.mjs'

const { issuer, client_id, redirect_uri, user } = JSON.parse(process.argv[2])

const config = await client.discovery(new URL(issuer), client_id, { dpop_bound_access_tokens: true }, client.None(),
    { execute: [client.allowInsecureRequests] })
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
const others = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const request = {
    redirect_uri,
    scope: 'openid email offline_access',
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
}
const start = config.serverMetadata().pushed_authorization_request_endpoint
    ? await client.buildAuthorizationUrlWithPAR(config, request, { DPoP })
    : client.buildAuthorizationUrl(config, { ...request, dpop_jkt: await DPoP.calculateThumbprint() })
const back = await logIn(start, redirect_uri, user)
const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState, idTokenExpected: true },
    undefined, { DPoP })
assert.equal(tokens.token_type, 'dpop')

const { sub } = tokens.claims()
const told = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })
assert.equal(told.email, user.email)
await assert.rejects(client.fetchUserInfo(config, tokens.access_token, sub, { DPoP: others }))

await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: others }), { error: 'invalid_grant' })
const fresh = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })
const again = await client.fetchProtectedResource(config, fresh.access_token, new URL(config.serverMetadata().userinfo_endpoint),
    'GET', undefined, undefined, { DPoP })
assert.equal((await again.json()).sub, sub)
console.log(`logged in as ${sub}`)
