// SPDX-License-Identifier: Apache-2.0
// Answers nginx's auth_request: 204 and X-Subject for a token that is good for $api, 401 otherwise.
import crypto from 'crypto'

function refuse(r, challenge) {
    r.headersOut['WWW-Authenticate'] = `Bearer ${challenge}resource_metadata="${r.variables.api}.well-known/oauth-protected-resource"`
    r.return(401)
}

// RFC 8705 section 3
function isProven(r, told) {
    if (!told.cnf) return true
    const shown = (r.variables.ssl_client_raw_cert || '').replace(/-----[A-Z ]+-----|\s/g, '')
    const thumbprint = crypto.createHash('sha256').update(Buffer.from(shown, 'base64')).digest('base64url')
    return !told.cnf.jkt && shown !== '' && told.cnf['x5t#S256'] === thumbprint
}

async function check(r) {
    const wanted = r.variables.acr // now: each subrequest sets it anew
    const shown = /^Bearer ([\w.~+\/-]+=*)$/i.exec(r.headersIn.Authorization || '')
    if (!shown) return refuse(r, '')
    const answer = await r.subrequest('/introspection', { method: 'POST', body: 'token=' + encodeURIComponent(shown[1]) })
    if (answer.status !== 200) return r.return(500)
    const told = JSON.parse(answer.responseText)
    if (!told.active || [].concat(told.aud).indexOf(r.variables.api) < 0 || !isProven(r, told)) {
        return refuse(r, 'error="invalid_token", ')
    }
    if (wanted && !(told.acr === wanted && told.auth_time > Date.now() / 1000 - 300)) { // RFC 9470
        return refuse(r, `error="insufficient_user_authentication", acr_values="${wanted}", max_age="300", `)
    }
    r.headersOut['X-Subject'] = told.sub
    r.return(204)
}

export default { check }
