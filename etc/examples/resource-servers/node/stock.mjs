// SPDX-License-Identifier: Apache-2.0
// An API for access tokens that are JWTs: bearer tokens, and those bound by DPoP or to a certificate.
// npm install jose oauth4webapi
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'

const { ISSUER, RESOURCE, PORT, CERTIFICATE, KEY } = process.env
const twoFactors = 'urn:gatehouse:acr:two-factors'
const metadata = '/.well-known/oauth-protected-resource'
const issuer = new URL(ISSUER)
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer))
const keys = createRemoteJWKSet(new URL(server.jwks_uri))

const proofs = new Map() // until when each is remembered; where several processes serve, keep them in one place (Redis)

function useOnce(proof) {
    for (const [id, end] of proofs) if (end < Date.now()) proofs.delete(id)
    const id = createHash('sha256').update(proof).digest('base64url')
    if (proofs.has(id)) throw new Error('this proof was used before')
    proofs.set(id, Date.now() + 600_000)
}

// RFC 8705 section 3, which oauth4webapi leaves to others
async function claimsByCertificate(token, certificate) {
    const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, audience: RESOURCE, typ: 'at+jwt', requiredClaims: ['exp'] })
    if (!certificate || payload.cnf.jkt || payload.cnf['x5t#S256'] !== createHash('sha256').update(certificate).digest('base64url')) {
        throw new Error('the token is bound to another certificate')
    }
    return payload
}

async function claimsOf(request) {
    const { authorization, dpop } = request.headers
    const [, bearer] = /^bearer (.+)$/i.exec(authorization) ?? []
    if (bearer && decodeJwt(bearer).cnf?.['x5t#S256']) return claimsByCertificate(bearer, request.socket.getPeerCertificate().raw)
    const headers = Object.entries({ authorization, dpop }).filter(([, value]) => value)
    const asked = new Request(new URL(request.url, RESOURCE), { method: request.method, headers })
    const claims = await oauth.validateJwtAccessToken(server, asked, RESOURCE)
    if (claims.cnf?.jkt) useOnce(dpop)
    return claims
}

function answer(response, status, body, challenge) {
    if (challenge !== undefined) {
        const found = `resource_metadata="${new URL(metadata, RESOURCE)}"`
        response.setHeader('WWW-Authenticate', [`Bearer ${challenge}${found}`, `DPoP ${challenge}algs="ES256 PS256 EdDSA"`])
    }
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

const tls = { cert: readFileSync(CERTIFICATE), key: readFileSync(KEY), requestCert: true, rejectUnauthorized: false }
createServer(tls, async (request, response) => {
    const path = new URL(request.url, RESOURCE).pathname
    if (path === metadata) { // RFC 9728
        return answer(response, 200, { resource: RESOURCE, authorization_servers: [ISSUER], bearer_methods_supported: ['header'] })
    }
    if (!request.headers.authorization) return answer(response, 401, {}, '')
    let claims
    try {
        claims = await claimsOf(request)
    } catch (error) {
        console.error(error.message)
        return answer(response, 401, {}, 'error="invalid_token", ')
    }
    const isStrong = claims.acr === twoFactors && claims.auth_time > Date.now() / 1000 - 300
    if (path === '/orders' && !isStrong) { // RFC 9470
        return answer(response, 401, {}, `error="insufficient_user_authentication", acr_values="${twoFactors}", max_age="300", `)
    }
    answer(response, ['/stock', '/orders'].includes(path) ? 200 : 404, { sub: claims.sub })
}).listen(PORT, '127.0.0.1')
