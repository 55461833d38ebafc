// SPDX-License-Identifier: Apache-2.0
// A device logs in with oauth4webapi: codes, a person elsewhere, polling, ID token, UserInfo.
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import * as oauth from 'oauth4webapi'
import { logIn } from './person.mjs'

const { issuer, client_id, redirect_uri, user } = JSON.parse(process.argv[2])
const plain = { [oauth.allowInsecureRequests]: true }

const url = new URL(issuer)
const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, plain))
const client = { client_id }
const authentication = oauth.None()

const codes = await oauth.processDeviceAuthorizationResponse(server, client, await oauth.deviceAuthorizationRequest(
    server, client, authentication, new URLSearchParams({ scope: 'openid email offline_access' }), plain))
assert.equal(codes.verification_uri_complete, `${codes.verification_uri}?user_code=${codes.user_code}`)

const ask = async () => oauth.processDeviceCodeResponse(server, client,
    await oauth.deviceCodeGrantRequest(server, client, authentication, codes.device_code, plain))
await assert.rejects(ask, { error: 'authorization_pending' })

await logIn(codes.verification_uri_complete, redirect_uri, user)

let tokens
while (!tokens) {
    await wait(codes.interval * 1000)
    try {
        tokens = await ask()
    } catch (error) {
        if (error.error !== 'authorization_pending') throw error
    }
}
const { sub } = oauth.getValidatedIdTokenClaims(tokens)
const userinfo = await oauth.processUserInfoResponse(server, client, sub,
    await oauth.userInfoRequest(server, client, tokens.access_token, plain))
assert.equal(userinfo.email, user.email)
const fresh = await oauth.processRefreshTokenResponse(server, client,
    await oauth.refreshTokenGrantRequest(server, client, authentication, tokens.refresh_token, plain))
assert.ok(fresh.access_token)
console.log(`logged in as ${sub}`)
