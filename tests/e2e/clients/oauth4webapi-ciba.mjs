// SPDX-License-Identifier: Apache-2.0
// A client of a call centre has a person asked with oauth4webapi: request, somebody who decides elsewhere, polling, ID token, UserInfo.
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import * as oauth from 'oauth4webapi'

const { issuer, client_id, client_secret, user } = JSON.parse(process.argv[2])
const plain = { [oauth.allowInsecureRequests]: true }

const url = new URL(issuer)
const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, plain))
assert.ok(server.backchannel_token_delivery_modes_supported.includes('poll'))
const client = { client_id }
const authentication = oauth.ClientSecretBasic(client_secret)

const request = async (parameters) => oauth.processBackchannelAuthenticationResponse(server, client,
    await oauth.backchannelAuthenticationRequest(server, client, authentication, new URLSearchParams(
        { scope: 'openid email offline_access', binding_message: 'W4SCT', ...parameters }), plain))
await assert.rejects(request({ login_hint: 'nobody' }), { error: 'unknown_user_id' })
const asked = await request({ login_hint: user.username })

const redeem = async () => oauth.processBackchannelAuthenticationGrantResponse(server, client,
    await oauth.backchannelAuthenticationGrantRequest(server, client, authentication, asked.auth_req_id, plain))
await assert.rejects(redeem, { error: 'authorization_pending' })

let tokens
while (!tokens) {
    await wait(asked.interval * 1000)
    try {
        tokens = await redeem()
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
await assert.rejects(redeem, { error: 'invalid_grant' })
console.log(`logged in as ${sub}`)
