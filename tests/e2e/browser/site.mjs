// SPDX-License-Identifier: Apache-2.0
// What the browser scenarios share: a site to come back to, and a page to go on.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(new URL('../clients/package.json', import.meta.url))
const { chromium } = require('playwright-core')

export const given = JSON.parse(process.argv[3])
const arguments_ = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic',
    '--no-first-run', '--disable-component-update', '--disable-sync']

const BACK = '<!doctype html><title>The site</title><h1 id="back">Back at the site</h1>'

/** A site's callback page: says what came back, whether by query or by post; `next`: and leads on there. */
export class Site {
    constructor({ client_id, redirect_uri }) {
        this.id = client_id
        this.redirect = redirect_uri
        this.verifier = randomBytes(32).toString('base64url')
        this.state = randomBytes(12).toString('base64url')
        this.answers = []
        this.next = null
    }

    async open() {
        const { port, hostname } = new URL(this.redirect)
        this.server = createServer((request, response) => {
            const url = new URL(request.url, this.redirect)
            let body = ''
            request.on('data', (piece) => { body += piece })
            request.on('end', () => {
                if (url.pathname === new URL(this.redirect).pathname) {
                    this.answers.push(Object.fromEntries(body ? new URLSearchParams(body) : url.searchParams))
                    if (this.next) return response.writeHead(303, { location: this.next }).end()
                } else if (url.pathname !== '/home') {
                    return response.writeHead(404).end()
                }
                response.writeHead(200, { 'content-type': 'text/html' }).end(BACK)
            })
        })
        await new Promise((resolve) => this.server.listen(Number(port), hostname, resolve))
        return this
    }

    get home() {
        return new URL('/home', this.redirect).href
    }

    close() {
        this.server.closeAllConnections()
        this.server.close()
    }

    url(more = {}) {
        const challenge = createHash('sha256').update(this.verifier).digest('base64url')
        const query = new URLSearchParams({
            client_id: this.id, redirect_uri: this.redirect, response_type: 'code', scope: 'openid profile email',
            state: this.state, code_challenge: challenge, code_challenge_method: 'S256', ...more,
        })
        return `${given.issuer}/api/oauth/authorize?${query}`
    }

    /** The newest answer; checks what must always be right. */
    answer() {
        const newest = this.answers.at(-1)
        assert.ok(newest, 'nothing came back to the site')
        assert.equal(newest.state, this.state)
        assert.equal(newest.iss, given.issuer)
        return newest
    }
}

/** Another site, by https, with a certificate nobody knows. */
export async function openSecureSite() {
    const [key, cert] = [given.tls.key, given.tls.certificate].map((file) => readFileSync(file))
    const server = createSecureServer({ key, cert }, (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end(BACK)
    })
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { home: `https://127.0.0.1:${server.address().port}/home`, close: () => server.close() }
}

/** Runs a scenario in a fresh browser; anything the console calls an error fails it. */
export async function inBrowser(scenario, options, run) {
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: arguments_,
        timeout: 90000 })
    const sites = [await new Site(given.sites[0]).open(), await new Site(given.sites[1]).open()]
    try {
        const context = await browser.newContext({ ignoreHTTPSErrors: given.issuer.startsWith('https:'), ...options })
        const page = await context.newPage()
        page.setDefaultTimeout(60000)
        const complaints = []
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
        page.on('pageerror', (error) => complaints.push(String(error)))
        mkdirSync(given.screenshots, { recursive: true })
        const picture = (name) => page.screenshot({ path: join(given.screenshots, `${scenario}-${name}.png`), fullPage: true })
        try {
            await run(page, sites, picture)
        } catch (error) {
            await picture('failed').catch(() => {})
            error.message += `\nat ${page.url()}\nconsole: ${complaints.join('\n')}`
            throw error
        }
        // The browser calls a 4xx answer of the page itself an error; those are asserted on by the scenario.
        assert.deepEqual(complaints.filter((text) => !/favicon|status of 4\d\d/.test(text)), [])
    } finally {
        sites.forEach((site) => site.close())
        await browser.close()
    }
}

export async function fillIn(page, password = given.user.password, username = given.user.username) {
    await page.fill('#login-form [name=username]', username)
    await page.fill('#login-form [name=password]', password)
    await page.click('#login-submit')
}

/** Nothing sticks out to the right, and what is pressed is large enough for a finger. */
export async function fits(page) {
    await page.waitForLoadState()  // its style, too
    const { wide, view } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth, view: document.documentElement.clientWidth,
    }))
    assert.ok(wide <= view, `the page is ${wide} wide in a view of ${view}`)
    for (const button of await page.locator('button:visible').all()) {
        const box = await button.boundingBox()
        assert.ok(box.height >= 40, `a button is only ${box.height} high`)
    }
}

/** The contrast between a text and what is behind it (WCAG 2.1 section 1.4.3). */
export async function contrast(page, selector) {
    await page.waitForLoadState()
    return page.evaluate((where) => {
        const parse = (text) => text.match(/[\d.]+/g).map(Number)
        const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
            .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
            .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0)
        const element = document.querySelector(where)
        let behind = element
        while (behind && (parse(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement
        const ground = behind ? light(parse(getComputedStyle(behind).backgroundColor)) : 1
        const text = light(parse(getComputedStyle(element).color))
        return (Math.max(ground, text) + 0.05) / (Math.min(ground, text) + 0.05)
    }, selector)
}
