// SPDX-License-Identifier: Apache-2.0
// A person without a browser: keeps cookies, fills in the login form, allows what is asked.

const attribute = (tag, name) => {
    const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)
    return found && found[1].replace(/&quot;/g, '"').replace(/&#39;|&#x27;/g, "'").replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>').replace(/&#x2F;|&#47;/gi, '/').replace(/&amp;/g, '&')
}

const formWith = (html, id) => {
    for (const [form] of html.matchAll(/<form[\s\S]*?<\/form>/g)) {
        if (form.includes(`id="${id}"`)) return form
    }
    throw new Error(`no form with ${id} in ${html}`)
}

const fieldsOf = (form) => {
    const fields = new URLSearchParams()
    for (const [input] of form.matchAll(/<input[^>]*>/g)) {
        if (attribute(input, 'name')) fields.set(attribute(input, 'name'), attribute(input, 'value') ?? '')
    }
    return fields
}

/** Follows a URL of the server until it sends the person to `redirectUri`; that URL. `cookies`: a browser's, by their names. */
export async function logIn(start, redirectUri, { username, password }, cookies = new Map()) {
    let url = new URL(start)
    let options = { method: 'GET' }
    for (let step = 0; step < 12; step++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const answer = await fetch(url, { ...options, redirect: 'manual', headers: cookie ? { cookie } : {} })
        for (const line of answer.headers.getSetCookie()) {
            const [pair] = line.split(';')
            cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
        }
        const place = answer.headers.get('location') ?? answer.headers.get('refresh')?.replace('0;url=', '')
        if (place) {
            url = new URL(place, url)
            options = { method: 'GET' }
            if (url.href.startsWith(redirectUri)) return url
            continue
        }
        const html = await answer.text()
        if (answer.status !== 200) throw new Error(`${answer.status} at ${url}: ${html}`)
        const button = ['login-submit', 'device-submit', 'consent-allow'].find((id) => html.includes(`id="${id}"`))
        const form = formWith(html, button)
        const body = fieldsOf(form)
        if (button === 'login-submit') {
            body.set('username', username)
            body.set('password', password)
        }
        const tag = new RegExp(`<(?:button|input)[^>]*id="${button}"[^>]*>`).exec(form)[0]
        if (attribute(tag, 'name')) body.set(attribute(tag, 'name'), attribute(tag, 'value') ?? '')
        url = new URL(attribute(form, 'action') ?? '', url)
        options = { method: 'POST', body }
    }
    throw new Error('the pages go round in a circle')
}

/** Asks until it is not active any more; nobody who asks `knownWithin` seconds later than now may be told that it is. */
export async function untilRevoked(isActive, knownWithin = 0) {
    const revoked = Date.now()
    for (;;) {
        const begun = Date.now()
        if (!await isActive()) return
        if (begun - revoked >= knownWithin * 1000) throw new Error('a revoked token is still active')
    }
}
