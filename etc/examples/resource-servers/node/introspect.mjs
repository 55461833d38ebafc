// SPDX-License-Identifier: Apache-2.0
// An API that asks Gatehouse what each token is good for, opaque ones too, and has the answers signed (RFC 9701). It is a client
// with introspection_signed_response_alg ES256. npm install oauth4webapi
import { createServer } from 'node:http'
import * as oauth from 'oauth4webapi'

const { ISSUER, RESOURCE, PORT, CLIENT_ID, CLIENT_SECRET } = process.env
const issuer = new URL(ISSUER)
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer))
const client = { client_id: CLIENT_ID, introspection_signed_response_alg: 'ES256' }
const authentication = oauth.ClientSecretBasic(CLIENT_SECRET)

async function claimsOf(token) {
    const response = await oauth.introspectionRequest(server, client, authentication, token)
    const claims = await oauth.processIntrospectionResponse(server, client, response)
    await oauth.validateApplicationLevelSignature(server, response)
    // Who is not told of a token, and who is shown one that is bound to something, has nothing to go by.
    return claims.active && [claims.aud].flat().includes(RESOURCE) && !claims.cnf ? claims : null
}

createServer(async (request, response) => {
    const [, token] = /^bearer (.+)$/i.exec(request.headers.authorization) ?? []
    const claims = token ? await claimsOf(token) : null
    if (claims) return response.end(JSON.stringify({ sub: claims.sub }))
    response.writeHead(401, { 'WWW-Authenticate': token ? 'Bearer error="invalid_token"' : 'Bearer' }).end()
}).listen(PORT, '127.0.0.1')
