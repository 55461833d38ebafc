// SPDX-License-Identifier: Apache-2.0
// The MCP SDK for TypeScript, both sides: a server whose tool wants a token of ours for it, and a client that finds out where
// to get one, logs in, calls the tool, and goes on when the token has expired.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js'
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { logIn } from './person.mjs'

const { issuer, redirect_uri, user, resource, document } = JSON.parse(process.argv[2])
const mcpUrl = new URL(resource)

// The server.

const oauthMetadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json()
const keys = createRemoteJWKSet(new URL(oauthMetadata.jwks_uri))
const verifier = {
    async verifyAccessToken(token) {
        const { payload } = await jwtVerify(token, keys, { issuer, audience: resource, typ: 'at+jwt' })
            .catch((error) => { throw new InvalidTokenError(error.code) })
        return { token, clientId: payload.client_id, scopes: payload.scope.split(' '), expiresAt: payload.exp,
            resource: new URL(payload.aud), extra: { sub: payload.sub } }
    },
}
const app = createMcpExpressApp()
app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: mcpUrl, scopesSupported: ['notes:read'] }))
const guard = requireBearerAuth({ verifier, requiredScopes: ['notes:read'], expectedResource: mcpUrl,
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(mcpUrl) })
app.post(mcpUrl.pathname, guard, async (request, response) => {
    const server = new McpServer({ name: 'notes', version: '1' })
    server.registerTool('read', { description: 'whose notes' }, ({ authInfo }) =>
        ({ content: [{ type: 'text', text: `${authInfo.clientId} ${authInfo.extra.sub}` }] }))
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true })
    await server.connect(transport)
    await transport.handleRequest(request, response, request.body)
})
app.all(mcpUrl.pathname, (_, response) => response.status(405).end())
const listening = createServer(app).listen(mcpUrl.port, mcpUrl.hostname)

// The client.

const kept = {}
let back
const cookies = new Map()
const provider = {
    redirectUrl: redirect_uri,
    clientMetadataUrl: document,
    clientMetadata: { client_name: 'Notes', redirect_uris: [redirect_uri], token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], application_type: 'native' },
    clientInformation: () => kept.client,
    saveClientInformation: (client) => { kept.client = client },
    tokens: () => kept.tokens,
    saveTokens: (tokens) => { kept.tokens = tokens },
    codeVerifier: () => kept.verifier,
    saveCodeVerifier: (verifier) => { kept.verifier = verifier },
    redirectToAuthorization: async (url) => {
        assert.equal(url.searchParams.get('resource'), resource)
        back = await logIn(url, redirect_uri, user, cookies)
        assert.equal(back.searchParams.get('iss'), issuer)
    },
}

async function connected() {
    const client = new Client({ name: 'notes-client', version: '1' })
    const transport = new StreamableHTTPClientTransport(mcpUrl, { authProvider: provider })
    await client.connect(transport)
    return client
}

await assert.rejects(connected(), UnauthorizedError)  // it has sent somebody to the server, who comes back
await new StreamableHTTPClientTransport(mcpUrl, { authProvider: provider }).finishAuth(back.searchParams.get('code'))
const client = await connected()
const told = async () => (await client.callTool({ name: 'read' })).content[0].text
const [id, sub] = (await told()).split(' ')
assert.equal(id, kept.client.client_id)
if (document) assert.equal(id, document)

const first = kept.tokens.access_token
while (kept.tokens.access_token === first) {  // until it has expired, and the client has another
    assert.equal(await told(), `${id} ${sub}`)
    await new Promise((resolve) => { setTimeout(resolve, 200) })
}
assert.equal(await told(), `${id} ${sub}`)
await client.close()
listening.close()
listening.closeAllConnections()
console.log(`logged in as ${sub}`)
