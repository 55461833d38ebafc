// SPDX-License-Identifier: Apache-2.0
// An account from its first day to the loss of all that opens it, in one go.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { addAuthenticator, totp } from './proofs.mjs'
import { contrast, fits, given } from './site.mjs'

const ADDRESS = 'joan@people.example'
const TWO = 'urn:gatehouse:acr:two-factors'
const wantsTwo = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: TWO } } }) }

class Person {
    constructor(page, picture) {
        this.page = page
        this.picture = picture
        this.number = 0
        this.later = -1
        this.password = 'a password of my own'
    }

    async sees(selector, name) {
        await this.page.waitForSelector(selector)
        await fits(this.page)
        await this.picture(`${String(++this.number).padStart(2, '0')}-${name}`)
        for (const text of ['h1', 'h2', '.lead', '.small', 'label', '.button:not(.second)', '.button.second', '.notice', '.alert', '.things span span']) {
            if (await this.page.locator(text).first().isVisible().catch(() => false)) {
                assert.ok(await contrast(this.page, text) >= 4.5, `${text} of ${name} is hard to read`)
            }
        }
    }

    async opensLink(number) {
        const answer = await fetch(`${given.letters}/${ADDRESS}/${number}`)
        await this.page.goto(await answer.text())
    }

    async chooses(way) {
        await this.page.click(`button[name=other_way][value=${way}]`)
    }

    async fills(fields, button) {
        for (const [name, value] of Object.entries(fields)) await this.page.fill(`#${name}`, value)
        await this.page.click(button)
    }

    async isBackAt(site, count) {
        await this.page.waitForSelector('#back')
        assert.equal(site.answers.length, count)
        assert.ok(site.answer().code)
    }

    async signsUp(site) {
        await this.page.goto(site.url())
        await this.sees('#passkey-form', 'login')
        await this.chooses('signup')
        await this.sees('#signup-address-form', 'sign-up')
        await this.fills({ username: ADDRESS }, '#signup-submit')
        await this.sees('#signup-sent', 'look-into-your-mail')
        await this.opensLink(1)
        await this.sees('#signup-form', 'address-confirmed')
        await this.fills({ name: 'Joan Clarke', password: this.password, password_again: this.password }, '#signup-submit')
        await this.sees('#consent-allow', 'consent')
        await this.page.click('#consent-allow')
        await this.isBackAt(site, 1)
    }

    async signsIn(site, more = {}) {
        await this.page.goto(site.url(more))
        await this.page.fill('#username', ADDRESS)
        await this.chooses('password')
        await this.fills({ password: this.password }, '#login-submit')
    }

    async signsOut() {
        await this.page.goto(given.logout)
        await this.sees('#logout-confirm', 'sign-out')
        await this.page.click('#logout-confirm')
        await this.page.waitForSelector('#logged-out')
    }

    async goesToWays() {
        await this.page.goto(`${given.issuer}/account/ways`)
        await this.sees('#way-totp', 'ways')
    }

    async addsPasskey() {
        await this.goesToWays()
        await this.page.click('#add-passkey')
        await this.sees('#passkey-start', 'passkey')
        await this.fills({ name: 'My telephone' }, '#passkey-start')
        await this.sees('#account-notice', 'passkey-added')
    }

    async addsApp() {
        await this.goesToWays()
        await this.page.click('#add-totp')
        await this.sees('#totp-uri', 'app')
        const uri = await this.page.getAttribute('#totp-uri', 'href')
        this.secret = new URL(uri.replace('otpauth://', 'https://')).searchParams.get('secret')
        await this.typesCode()
        await this.sees('#account-notice', 'app-added')
    }

    /** Each is good once. */
    async typesCode() {
        await this.fills({ code: totp(this.secret, this.later++) }, '#totp-submit')
    }

    /** Who came by password alone shows first that the app is theirs. */
    async addsCodes(isAsked) {
        await this.page.click('#add-recovery_code')
        if (isAsked) {
            await this.sees('#totp-form', 'app-asked')
            await this.typesCode()
        }
        await this.sees('#recovery-codes', 'recovery-codes')
        this.codes = await this.page.locator('#recovery-codes code').allTextContents()
        assert.equal(this.codes.length, 10)
        await this.page.click('#recovery-codes-submit')
        await this.sees('#account-notice', 'codes-kept')
    }

    /** By the app, since this site wants more than a password. */
    async stepsUp(site) {
        const count = site.answers.length
        await this.page.goto(site.url(wantsTwo))
        await this.sees('#totp-form', 'step-up')
        await this.typesCode()
        await this.isBackAt(site, count + 1)
    }

    /** Neither phone nor password: a letter for the one, a code on paper for the other. */
    async recovers(site) {
        const count = site.answers.length
        await this.page.goto(site.url(wantsTwo))
        await this.page.fill('#username', ADDRESS)
        await this.chooses('forgotten_password')
        await this.sees('#forgotten-password-submit', 'forgotten')
        await this.fills({ username: ADDRESS }, '#forgotten-password-submit')
        await this.sees('#forgotten-password-sent', 'forgotten-sent')
        await this.opensLink(2)
        await this.sees('#new_password', 'new-password')
        this.password = 'altogether another one'
        await this.fills({ new_password: this.password, new_password_again: this.password }, '#forgotten-password-submit')
        await this.sees('#totp-form', 'second-factor')
        await this.chooses('recovery_code')
        await this.sees('#recovery-code-form', 'recovery-code')
        await this.fills({ code: this.codes[0] }, '#recovery-code-submit')
        await this.isBackAt(site, count + 1)
    }

    async removes(kind) {
        await this.goesToWays()
        await this.page.click(`#way-${kind} .things a`)
        await this.sees('#account-submit', `remove-${kind}`)
        await this.page.click('#account-submit')
        await this.sees('#account-notice', `removed-${kind}`)
        assert.equal(await this.page.locator(`#way-${kind} .things li`).count(), 0)
    }

    /** Who comes to it again is asked again. */
    async revokes(site) {
        await this.page.goto(`${given.issuer}/account/sites`)
        await this.sees('button[name=all]', 'sites')
        await this.page.locator('form', { has: this.page.locator(`[name=client_id][value=${site.id}]`) }).locator('[name=all]').click()
        await this.sees('#account-notice', 'revoked')
        await this.page.goto(site.url())
        await this.page.waitForSelector('#consent-allow')
    }

    async signsOutEverywhere() {
        const elsewhere = await this.page.context().browser().newContext()
        const other = new Person(await elsewhere.newPage(), () => {})
        other.password = this.password
        await other.page.goto(`${given.issuer}/account`)
        await other.page.fill('#username', ADDRESS)
        await other.chooses('password')
        await other.fills({ password: other.password }, '#login-submit')
        await other.page.waitForSelector('#account-person')
        await this.page.goto(`${given.issuer}/account`)
        await this.sees('#account-person', 'account')
        await this.page.goto(`${given.issuer}/account/sessions`)
        await this.sees('#account-everywhere', 'sessions')
        assert.equal(await this.page.locator('.things li').count(), 2)
        await this.page.click('#account-everywhere')
        await this.sees('#account-submit', 'everywhere')
        await this.page.click('#account-submit')
        await this.sees('#message', 'signed-out')
        for (const { page } of [this, other]) {
            await page.goto(`${given.issuer}/account`)
            await page.waitForSelector('#passkey-form')
        }
        await elsewhere.close()
    }
}

export async function life(page, [flower, cheese], picture) {
    const telephone = await addAuthenticator(page)
    const joan = new Person(page, picture)
    await joan.signsUp(flower)
    await joan.addsPasskey()
    await joan.signsOut()

    await page.goto(cheese.url())  // and nothing is typed or pressed
    await page.waitForSelector('#consent-allow')
    await page.click('#consent-allow')
    await joan.isBackAt(cheese, 1)
    await joan.addsApp()
    await joan.addsCodes(false)
    await joan.signsOut()

    await telephone.waits(true)
    await joan.signsIn(flower)
    await joan.isBackAt(flower, 2)
    await joan.stepsUp(flower)
    await joan.signsOut()

    await telephone.isLost()
    await joan.recovers(cheese)
    await joan.removes('passkey')
    await joan.removes('totp')
    await joan.revokes(flower)
    await joan.signsOutEverywhere()
}

/** All but the passkey. */
export async function lifeWithoutScript(page, [flower, cheese], picture) {
    const joan = new Person(page, picture)
    await joan.signsUp(flower)
    await joan.addsApp()
    await joan.addsCodes(true)
    await joan.signsOut()

    await joan.signsIn(cheese)
    await page.click('#consent-allow')
    await joan.isBackAt(cheese, 1)
    await joan.stepsUp(cheese)
    await joan.signsOut()

    await joan.recovers(cheese)
    await joan.removes('totp')
    await joan.revokes(flower)
    await joan.signsOutEverywhere()
}

/** What sticks out of its own box. */
const spills = (page) => page.evaluate(() => [...document.querySelectorAll('main *')]
    .filter((one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 && !['INPUT', 'SVG'].includes(one.tagName.toUpperCase()))
    .map((one) => one.outerHTML.slice(0, 200)))

/** Words that go on in the next line, and have no place for it. */
const tornWords = (page) => page.evaluate(() => [...document.querySelectorAll('h1, h2, label, strong, .button')].flatMap((one) => {
    const [text] = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
    return text ? [...text.data.matchAll(/[\p{Script=Latin}\u00ad]+/gu)].filter(({ 0: word, index }) => {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        return !word.includes('\u00ad') && new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1
    }).map(([word]) => word) : []
}))

/** The pages about what one proves who one is with, in each language: long words find their place. */
export async function lifeInEveryLanguage(page, [flower]) {
    await addAuthenticator(page)
    const joan = new Person(page, () => {})
    await joan.signsUp(flower)
    await joan.addsApp()
    await joan.addsCodes(true)
    await joan.addsPasskey()
    const stranger = await (await page.context().browser().newContext({ viewport: page.viewportSize() })).newPage()
    const looks = async (on, language, name) => {
        assert.equal(await on.getAttribute('html', 'lang'), language)
        await fits(on)
        assert.deepEqual([await spills(on), await tornWords(on)], [[], []], `${name} in ${language}`)
        await on.screenshot({ path: join(given.screenshots, `life-languages-${language}-${name}.png`), fullPage: true })
    }
    for (const language of given.languages) {
        await page.setExtraHTTPHeaders({ 'accept-language': language })
        for (const path of ['', '/profile', '/password', '/ways', '/sessions', '/sessions/everywhere', '/sites']) {
            await page.goto(`${given.issuer}/account${path}`)
            await looks(page, language, `account${path.replaceAll('/', '-')}`)
        }
        for (const kind of ['passkey', 'recovery_code']) {
            await page.goto(`${given.issuer}/account/ways`)
            await page.click(`#add-${kind}`)
            await page.waitForSelector('#login-cancel')
            await looks(page, language, `add-${kind}`)
        }
        await page.goto(`${given.issuer}/account/ways`)
        await page.click('.things a')
        await looks(page, language, 'remove')
        await stranger.context().clearCookies()
        await stranger.setExtraHTTPHeaders({ 'accept-language': language })
        await stranger.goto(flower.url(wantsTwo))
        await looks(stranger, language, 'passkey')
        for (const [way, form] of [['signup', '#signup-address-form'], ['forgotten_password', '#forgotten-password-form'], ['password', '#login-form']]) {
            await stranger.click(`button[name=other_way][value=${way}]`)
            await stranger.waitForSelector(form)
            await looks(stranger, language, way)
        }
        await stranger.fill('#username', ADDRESS)
        await stranger.fill('#password', joan.password)
        await stranger.click('#login-submit')
        for (const [way, form] of [['totp', '#totp-form'], ['recovery_code', '#recovery-code-form'], ['passkey', '#passkey-form']]) {
            if (way !== 'totp') await stranger.click(`button[name=other_way][value=${way}]`)
            await stranger.waitForSelector(form)
            await looks(stranger, language, `second-${way}`)
        }
    }
}
