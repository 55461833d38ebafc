// SPDX-License-Identifier: Apache-2.0
// openid-client registers itself, reads, changes and removes its registration, and has somebody logged in meanwhile.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { logIn } from './person.mjs'

const { issuer, redirect_uri, user, initial_token } = JSON.parse(process.argv[2])

const config = await client.dynamicClientRegistration(new URL(issuer), {
    client_name: 'A site by openid-client',
    redirect_uris: [redirect_uri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',  // what openid-client does unless told otherwise
    contacts: ['ops@dynamic.example'],
}, undefined, { initialAccessToken: initial_token, execute: [client.allowInsecureRequests] })
const made = config.clientMetadata()
assert.equal(made.client_name, 'A site by openid-client')

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const start = client.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: 'openid profile email offline_access',
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
})
const back = await logIn(start, redirect_uri, user)
const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState, idTokenExpected: true })
const { sub } = tokens.claims()
assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub)).email, user.email)
assert.ok((await client.refreshTokenGrant(config, tokens.refresh_token)).access_token)

const ask = (method, token, body) => fetch(made.registration_client_uri, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
})
const read = await (await ask('GET', made.registration_access_token)).json()
const changed = await (await ask('PUT', made.registration_access_token, { ...read, client_name: 'Another name' })).json()
assert.equal(changed.client_name, 'Another name')
assert.equal((await ask('DELETE', changed.registration_access_token)).status, 204)
console.log(`logged in as ${sub}`)
