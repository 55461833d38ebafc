// SPDX-License-Identifier: Apache-2.0
// node scenarios.mjs NAME JSON: one thing a person does in a real browser. Screenshots are kept.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { life, lifeInEveryLanguage, lifeWithoutScript } from './life.mjs'
import { addAuthenticator, totp } from './proofs.mjs'
import { contrast, fillIn, fits, given, inBrowser, openSecureSite, Site } from './site.mjs'

const PHONE = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

async function login(page, [site], picture) {
    await page.goto(site.url())
    await picture('1-login')
    await page.waitForFunction(() => document.activeElement.name === 'username')
    await fillIn(page)
    await page.waitForSelector('#consent-allow')
    await picture('2-consent')
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

async function loginWithoutScript(page, [site], picture) {
    await page.goto(site.url())
    await picture('1-login')
    await fillIn(page)
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

async function wrongPassword(page, [site], picture) {
    await page.goto(site.url())
    await fillIn(page, 'wrong')
    await page.waitForSelector('[role=alert]')
    await picture('1-refused')
    assert.equal(await page.inputValue('[name=username]'), given.user.username)
    assert.equal(await page.inputValue('[name=password]'), '')
    assert.equal(site.answers.length, 0)
    await fillIn(page)
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

async function newPassword(page, [site], picture) {
    await page.goto(site.url())
    await fillIn(page)
    await page.waitForFunction(() => document.activeElement.id === 'password')
    await fits(page)
    await picture('1-new-password')
    assert.equal(await page.inputValue('[name=username]'), given.user.username)
    await page.fill('#password', given.user.password)
    await page.fill('#new_password', given.user.password)
    await page.fill('#new_password_again', given.user.password)
    await page.click('#new-password-submit')
    await page.waitForSelector('[role=alert]')
    await picture('2-refused')
    await page.fill('#password', given.user.password)
    await page.fill('#new_password', 'altogether another one')
    await page.fill('#new_password_again', 'altogether another one')
    await page.click('#new-password-submit')
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

async function consentDenied(page, [site], picture) {
    await page.goto(site.url({ prompt: 'consent' }))
    await fillIn(page)
    await page.waitForSelector('#consent-deny')
    await picture('1-consent')
    await page.click('#consent-deny')
    await page.waitForSelector('#back')
    assert.equal(site.answer().error, 'access_denied')
}

async function cancelledLogin(page, [site], picture) {
    await page.goto(site.url())
    await picture('1-login')
    await page.click('#login-cancel')
    await page.waitForSelector('#back')
    assert.equal(site.answer().error, 'access_denied')
}

async function secondSite(page, [first, second], picture) {
    await page.goto(first.url())
    await fillIn(page)
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    await page.goto(second.url())
    assert.equal(await page.locator('#login-form').count(), 0)
    await picture('1-second-consent')
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(second.answer().code)
    await page.goto(second.url({ prompt: 'none' }))
    assert.equal(second.answers.length, 2)
    assert.ok(second.answer().code)
}

async function keyboardOnly(page, [site], picture) {
    await page.goto(site.url())
    await page.waitForFunction(() => document.activeElement.id === 'username')
    await page.keyboard.type(given.user.username)
    await page.keyboard.press('Tab')
    await page.keyboard.type(given.user.password)
    await picture('1-filled-in')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#consent-allow')
    await page.waitForLoadState()
    for (let step = 0; step < 30; step++) {
        if (await page.evaluate(() => document.activeElement.id) === 'consent-allow') break
        await page.keyboard.press('Tab')
    }
    assert.equal(await page.evaluate(() => document.activeElement.id), 'consent-allow')
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle
        + getComputedStyle(document.activeElement).boxShadow)
    assert.notEqual(ring, 'nonenone', 'nobody sees where the focus is')
    await picture('2-focus-on-allow')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

async function everyPage(page, [site], picture) {
    await page.goto(site.url())
    await fits(page)
    await picture('1-login')
    for (const text of ['h1', 'label', '#login-submit']) {
        assert.ok(await contrast(page, text) >= 4.5, `${text} is hard to read`)
    }
    await fillIn(page, 'wrong')
    await page.waitForSelector('[role=alert]')
    await fits(page)
    await picture('2-refused')
    assert.ok(await contrast(page, '[role=alert]') >= 4.5, 'the message is hard to read')
    await fillIn(page)
    await page.waitForSelector('#consent-allow')
    await fits(page)
    await picture('3-consent')
    for (const text of ['h1', 'li', '#consent-allow', '#consent-deny']) {
        assert.ok(await contrast(page, text) >= 4.5, `${text} is hard to read`)
    }
    const answer = await page.goto(site.url({ redirect_uri: 'https://evil.example/' }))
    assert.equal(answer.status(), 400)
    await page.waitForSelector('#oauth-error')
    await fits(page)
    await picture('4-error')
}

async function formPost(page, [site], picture) {
    await page.goto(site.url({ response_mode: 'form_post' }))
    await picture('1-login')
    await fillIn(page)
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

async function formPostWithoutScript(page, [site], picture) {
    await page.goto(site.url({ response_mode: 'form_post' }))
    await fillIn(page)
    await page.click('#consent-allow')
    await page.waitForSelector('#form-post-submit')
    await picture('1-button')
    await page.click('#form-post-submit')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

async function backAndAgain(page, [site], picture) {
    await page.goto(site.url())
    await fillIn(page)
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    const { code } = site.answer()
    await page.goBack()
    assert.match(new URL(page.url()).pathname, /^\/interaction\/.*\/consent$/, 'not sent to the site a second time')
    await picture('1-back')
    await page.goto(site.url())
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
    assert.notEqual(site.answer().code, code)
}

async function otherLanguage(page, [site], picture) {
    await page.goto(site.url())
    assert.equal(await page.getAttribute('html', 'lang'), 'de')
    await picture('1-login')
    await fillIn(page)
    await page.waitForSelector('#consent-allow')
    assert.equal(await page.getAttribute('html', 'lang'), 'de')
    await picture('2-consent')
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
}

/** The pages that everybody sees, in each language: long words and those without blanks find their place. */
async function everyLanguage(page, [site], picture) {
    const shows = async (language, selector, name) => {
        await page.waitForSelector(selector)
        assert.equal(await page.getAttribute('html', 'lang'), language)
        await fits(page)
        await picture(`${language}-${name}`)
    }
    for (const language of given.languages) {
        await page.context().clearCookies()
        await page.setExtraHTTPHeaders({ 'accept-language': language })
        await page.goto(site.url({ prompt: 'consent' }))
        await shows(language, '#login-form', '1-login')
        await fillIn(page, 'wrong')
        await shows(language, '#login-message', '2-refused')
        await fillIn(page)
        await shows(language, '#totp-form', '3-totp')
        await page.click('#login-later')
        await shows(language, '#consent-allow', '4-consent')
        await page.click('#consent-deny')
        await page.waitForSelector('#back')
        await page.goto(given.logout)
        await shows(language, '#logout-confirm', '5-logout')
        await page.goto(`${given.issuer}/interaction/gone/login`)
        await shows(language, '#oauth-error', '6-message')
    }
}

/** One login in a browser of its own; resolves when `end` is asked for, and that nothing was blocked on the way. */
async function goesOnTo(page, site, end, wish) {
    const context = await page.context().browser().newContext({ ignoreHTTPSErrors: true })
    const own = await context.newPage()
    const arrived = own.waitForEvent('request', { predicate: (request) => request.url().startsWith(end) })
    const complaints = []
    own.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await own.goto(site.url(wish))
    await fillIn(own)
    if (wish.prompt) await own.click('#consent-allow')
    const what = `${end} with ${JSON.stringify(wish)}`
    const request = await arrived.catch((error) => assert.fail(`${what}: ${error.message}\n${complaints.join('\n')}`))
    assert.deepEqual(complaints.filter((text) => /Content Security Policy/.test(text)), [], what)
    if (end.startsWith('http')) await own.waitForSelector('#back')
    await context.close()
    return request
}

async function leadsOn(page, [site, other], picture) {
    const secure = await openSecureSite()
    for (const next of [site.home, other.home, secure.home, 'com.example.app:/home']) {
        site.next = next
        for (const response_mode of ['query', 'form_post']) {
            for (const prompt of [{ prompt: 'consent' }, {}]) {
                await goesOnTo(page, site, next, { response_mode, ...prompt })
                assert.ok(site.answer().code)
            }
        }
    }
    secure.close()
    await page.goto(site.home)
    await picture('1-home')
}

async function appScheme(page, _, picture) {
    const app = new Site(given.app)
    for (const wish of [{ prompt: 'consent' }, {}]) {
        const request = await goesOnTo(page, app, app.redirect, wish)
        app.answers.push(Object.fromEntries(new URL(request.url()).searchParams))
        assert.ok(app.answer().code)
    }
    await page.goto(app.url())
    await fillIn(page)
    await page.waitForSelector('#go-on')
    await picture('1-goes-on')
    assert.ok((await page.getAttribute('#go-on', 'href')).startsWith(app.redirect))
}

async function accounts(page, [site], picture) {
    await page.goto(site.url())
    await fillIn(page)
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    await page.goto(site.url({ prompt: 'select_account' }))
    await page.click('#account-another')
    await fillIn(page, given.second.password, given.second.username)
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    await page.goto(site.url({ prompt: 'select_account' }))
    await page.waitForSelector('#account-2')
    await fits(page)
    await picture('1-accounts')
    for (const text of ['h1', '#account-1 strong', '#account-1 span span', '#account-another', '#login-cancel']) {
        assert.ok(await contrast(page, text) >= 4.5, `${text} is hard to read`)
    }
    await page.goto(`${given.issuer}/logout`)
    await page.waitForSelector('#logout-2')
    await fits(page)
    await picture('2-logout')
    await page.goto(site.url({ prompt: 'select_account' }))
    await page.focus('#account-1')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'account-2')
    await picture('3-keyboard')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

async function signUp(page, [site], picture) {
    const tell = async (password) => {
        await page.fill('#name', 'Joan Clarke')
        await page.fill('#password', password)
        await page.fill('#password_again', password)
        await page.click('#signup-submit')
    }
    await page.goto(site.url())
    await fits(page)
    await picture('1-login')
    await page.click('#login-ways button')
    await page.waitForSelector('#signup-form')
    await fits(page)
    await picture('2-signup')
    for (const text of ['h1', 'label', '#signup-submit', '.or span', '#login-ways button', '#login-cancel']) {
        assert.ok(await contrast(page, text) >= 4.5, `${text} is hard to read`)
    }
    await page.fill('#username', 'joan')
    await tell('short')
    await page.waitForSelector('[role=alert]')
    await fits(page)
    await picture('3-refused')
    assert.equal(await page.inputValue('#username'), 'joan')
    assert.equal(await page.inputValue('#password'), '')
    await tell('a password of my own')
    await page.waitForSelector('#consent-allow')
    await picture('4-consent')
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

async function demoSite(page, _, picture) {
    await page.goto(`${given.issuer}/demo`)
    await picture('1-demo')
    await page.locator('button, a.button').first().click()
    await fillIn(page)
    await page.click('#consent-allow')
    await page.waitForSelector(`text=${given.user.name}`)
    await picture('2-claims')
}

async function frontchannelLogout(page, _, picture) {
    await page.goto(given.start)
    await fillIn(page)
    await page.waitForURL(url => url.href.startsWith(given.back))
    await page.goto(given.logout)
    await picture('1-logout')
    await page.click('#logout-confirm')
    await page.waitForURL(url => url.href.startsWith(given.bye), { timeout: 60_000 })
}

async function sessionManagement(page) {
    await page.goto(given.start)
    await fillIn(page)
    await page.waitForURL(url => url.href.startsWith(given.back))
    const state = new URL(page.url()).searchParams.get('session_state')
    await page.evaluate(src => new Promise((resolve) => {
        const frame = document.createElement('iframe')
        frame.id = 'op'
        frame.onload = resolve
        frame.src = src
        document.body.append(frame)
    }), given.frame)
    const ask = (text) => page.evaluate(([asked, origin]) => new Promise((resolve) => {
        addEventListener('message', (event) => event.origin === origin && resolve(event.data), { once: true })
        document.getElementById('op').contentWindow.postMessage(asked, origin)
    }), [text, given.issuer])
    assert.equal(await ask(`${given.client} ${state}`), 'unchanged')
    assert.equal(await ask(`another ${state}`), 'changed')
    for (const wrong of ['', 'x', `${given.client} x`, `${given.client} x.`, ' .x', 7, null]) {
        assert.equal(await ask(wrong), 'error', String(wrong))
    }
    const second = await page.context().newPage()
    await second.goto(given.logout)
    await second.click('#logout-confirm')
    await second.waitForSelector('#logged-out')
    assert.equal(await ask(`${given.client} ${state}`), 'changed')
}

/** What a site asks for beside scopes can be read. */
async function authorizationDetails(page, [site], picture) {
    const query = { authorization_details: JSON.stringify(given.details), prompt: 'consent' }
    await page.goto(site.url({ ...query, ui_locales: given.language }))
    await fillIn(page)
    await page.waitForSelector('#consent-allow')
    await fits(page)
    await picture('consent')
    for (const selector of ['.right h2', '.right strong', '.right dt', '.right dd']) {
        const found = await contrast(page, selector)
        assert.ok(found >= 4.5, `${selector}: ${found}`)
    }
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

/** A person signs a device in: its link has the code, which they compare; it can be read, and does not leave the server. */
async function device(page, sites, picture) {
    await page.goto(given.device.verification_uri)
    await fits(page)
    await picture('1-code')
    await page.fill('#user_code', 'BCDF-GHJK')
    await page.click('#device-submit')
    await page.waitForSelector('#device-message')
    await fits(page)
    await picture('2-wrong')
    assert.ok(await contrast(page, '#device-message') >= 4.5, 'the message is hard to read')
    await page.goto(given.device.verification_uri_complete)
    await fits(page)
    await picture('3-filled-in')
    for (const text of ['h1', 'label', '.small', '#device-submit']) {
        assert.ok(await contrast(page, text) >= 4.5, `${text} is hard to read`)
    }
    await page.click('#device-submit')
    await fillIn(page)
    await page.waitForSelector('#consent-allow')
    await fits(page)
    await picture('4-consent')
    for (const text of ['#device-notice h2', '#device-notice p', '#device-notice dt', '#device-notice dd', 'li']) {
        assert.ok(await contrast(page, text) >= 4.5, `${text} is hard to read`)
    }
    await page.click('#consent-allow')
    await page.waitForURL(/\/device\/done/)
    await page.waitForSelector('#message')
    await picture('5-done')
    const link = `${given.device.verification_uri}/qr?user_code=${given.device.user_code}`
    await page.goto(given.device.verification_uri)
    await page.setContent(`<img src="${link}" width="240" height="240" alt="">`)
    await page.locator('img').screenshot({ path: join(given.screenshots, 'device-picture.png') })
}

/** By password at first, where a passkey is offered; then by what the browser offers in the field for the name. */
async function passkey(page, [site, other], picture) {
    const device = await addAuthenticator(page)
    await device.waits(true)
    await page.goto(site.url())
    await page.waitForSelector('#passkey-start')
    await fits(page)
    await picture('1-login')
    for (const text of ['h1', 'label', '#passkey-start', '.or span', '.ways button', '#login-cancel']) {
        assert.ok(await contrast(page, text) >= 4.5, `${text} is hard to read`)
    }
    await page.waitForFunction(() => document.activeElement.id === 'username')
    await page.fill('#username', given.user.username)
    await page.keyboard.press('Enter')
    await page.waitForSelector('#login-form')
    assert.equal(await page.inputValue('#username'), given.user.username)
    await page.fill('#password', given.user.password)
    await page.click('#login-submit')
    await page.waitForSelector('#name')
    await fits(page)
    await picture('2-set-up')
    await device.waits(false)
    await device.knowsItsPerson(false)
    await page.click('#passkey-start')
    await page.waitForSelector('#passkey-stopped:visible')
    await fits(page)
    await picture('3-stopped')
    assert.ok(await contrast(page, '#passkey-stopped') >= 4.5, 'the message is hard to read')
    await device.knowsItsPerson(true)
    await page.click('#passkey-start')
    await page.waitForSelector('#consent-allow')
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    const [made] = await device.passkeys()
    assert.ok(made.isResidentCredential)
    assert.equal(made.rpId, 'localhost')

    await page.context().clearCookies()
    await page.goto(other.url({ prompt: 'consent' }))  // and nothing is typed or pressed
    await page.waitForSelector('#consent-allow')
    await picture('4-signed-in-by-autofill')
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(other.answer().code)
    assert.ok((await device.passkeys())[0].signCount > made.signCount)
}

/** The button does the same as the field, and after a password the keys of the person are asked for. */
async function passkeyButton(page, [site], picture) {
    const device = await addAuthenticator(page)
    await page.goto(site.url())
    await fillIn(page)
    await page.click('#passkey-start')
    await page.waitForSelector('#consent-allow')
    await page.context().clearCookies()
    await page.goto(site.url())
    await fillIn(page)
    await page.waitForSelector('#passkey-start')
    assert.equal(await page.locator('#username').count(), 0)
    await fits(page)
    await picture('1-second-step')
    await page.click('#passkey-start')
    await page.waitForSelector('#consent-allow')
    assert.equal((await device.passkeys()).length, 1)
}

async function passkeyWithoutScript(page, [site], picture) {
    await page.goto(site.url())
    await fits(page)
    await picture('1-login')
    assert.equal(await page.locator('#passkey-start').isVisible(), false)
    await page.fill('#username', given.user.username)
    await page.click('.ways button')
    assert.equal(await page.inputValue('#username'), given.user.username)
    await page.fill('#password', given.user.password)
    await page.click('#login-submit')
    await picture('2-set-up')
    await page.click('#login-later')
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
}

/** Whose address is confirmed there has the account here that it is confirmed for; who only says so has none. */
async function upstream(page, [site], picture) {
    const there = async (on, person) => {
        await on.goto(site.url())
        await fits(on)
        await on.click('#login-ways button')
        await on.waitForURL((url) => url.href.startsWith(given.home))
        await fillIn(on, person.password, person.username)
        await on.click('#consent-allow')
    }
    await page.goto(site.url())
    await picture('1-login')
    await there(page, given.owner)
    await page.waitForURL((url) => url.href.startsWith(given.issuer))
    await picture('2-consent')
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    assert.ok(site.answer().code)
    await page.goto(`${given.issuer}/account`)
    assert.match(await page.textContent('#account-person'), new RegExp(given.owner.address))

    const liar = await (await page.context().browser().newContext()).newPage()
    await there(liar, given.liar)
    await liar.waitForSelector('#upstream-message')
    await fits(liar)
    await liar.screenshot({ path: join(given.screenshots, 'upstream-3-not-confirmed.png'), fullPage: true })
    assert.ok(await contrast(liar, '#upstream-message') >= 4.5, 'the message is hard to read')
    assert.equal(site.answers.length, 1)
}

/** All of a person's own account, page by page. */
async function ownAccount(page, [site], picture) {
    const look = async (path, name) => {
        await page.goto(given.issuer + path)
        await fits(page)
        await picture(name)
        for (const text of ['h1', '.lead', '.small', '.back a', 'label', '.button', '.things strong', '.things span span', '.mark', '.account strong', '.account span span']) {
            if (await page.locator(text).count()) {
                assert.ok(await contrast(page, text) >= 4.5, `${text} of ${path} is hard to read`)
            }
        }
    }
    await page.goto(site.url())
    await fillIn(page)
    await page.click('#consent-allow')
    await page.waitForSelector('#back')
    await look('/', '0-home')
    await look('/account', '1-overview')
    await look('/account/profile', '2-profile')
    await page.fill('#name', 'Augusta Ada King, Countess of Lovelace')
    await page.click('#account-submit')
    await page.waitForSelector('#account-notice')
    assert.ok(await contrast(page, '#account-notice') >= 4.5, 'the notice is hard to read')
    await picture('3-saved')
    await look('/account/password', '4-password')
    await page.fill('#new_password', 'one')
    await page.fill('#new_password_again', 'two')
    await page.click('#account-submit')
    await page.waitForSelector('#account-message')
    await fits(page)
    await picture('5-refused')
    await look('/account/ways', '6-ways')
    await page.click('#add-totp')
    await page.waitForSelector('#totp-uri')
    await fits(page)
    await picture('7-app')
    const secret = new URL((await page.getAttribute('#totp-uri', 'href')).replace('otpauth://', 'https://')).searchParams.get('secret')
    await page.fill('#code', totp(secret, -1))
    await page.click('#totp-submit')
    await page.waitForSelector('#account-notice')
    await fits(page)
    await picture('8-set-up')
    await page.click('.things a')
    await page.fill('#code', totp(secret, 0))
    await page.click('#totp-submit')
    await page.waitForSelector('#account-submit')
    await fits(page)
    await picture('9-remove')
    await look('/account/sessions', '10-sessions')
    await look('/account/sessions/everywhere', '11-everywhere')
    await look('/account/sites', '12-sites')
    await page.goto(given.issuer + '/account/sessions/everywhere')
    await page.click('#account-submit')
    await page.waitForSelector('#message')
    await picture('13-signed-out')
}

const scenarios = {
    'own-account-phone': [{ ...PHONE, colorScheme: 'light' }, ownAccount],
    'own-account-phone-dark': [{ ...PHONE, colorScheme: 'dark' }, ownAccount],
    'own-account-dark': [{ colorScheme: 'dark' }, ownAccount],
    'own-account-light': [{ colorScheme: 'light', javaScriptEnabled: false }, ownAccount],
    'own-account-other-language': [{ ...PHONE, locale: 'de-DE' }, ownAccount],
    'device-phone': [PHONE, device],
    'device-dark': [{ colorScheme: 'dark' }, device],
    'device-light': [{ colorScheme: 'light', javaScriptEnabled: false }, device],
    'device-other-language': [{ locale: 'de-DE' }, device],
    login: [{}, login],
    'wrong-password': [{}, wrongPassword],
    'new-password': [{}, newPassword],
    'consent-denied': [{}, consentDenied],
    'cancelled-login': [{}, cancelledLogin],
    'second-site': [{}, secondSite],
    'keyboard-only': [{}, keyboardOnly],
    'without-script': [{ javaScriptEnabled: false }, loginWithoutScript],
    phone: [PHONE, everyPage],
    dark: [{ colorScheme: 'dark' }, everyPage],
    light: [{ colorScheme: 'light' }, everyPage],
    'details-phone': [{ ...PHONE, colorScheme: 'light' }, authorizationDetails],
    'details-dark': [{ colorScheme: 'dark' }, authorizationDetails],
    'details-light': [{ colorScheme: 'light' }, authorizationDetails],
    'form-post': [{}, formPost],
    'form-post-without-script': [{ javaScriptEnabled: false }, formPostWithoutScript],
    'back-and-again': [{}, backAndAgain],
    'other-language': [{ locale: 'de-DE' }, otherLanguage],
    'languages-phone': [{ ...PHONE, viewport: { width: 320, height: 640 } }, everyLanguage],
    'languages-light': [{ colorScheme: 'light' }, everyLanguage],
    'leads-on': [{}, leadsOn],
    'app-scheme': [{}, appScheme],
    demo: [{}, demoSite],
    'accounts-phone': [PHONE, accounts],
    'accounts-dark': [{ colorScheme: 'dark' }, accounts],
    'accounts-light': [{ colorScheme: 'light', javaScriptEnabled: false }, accounts],
    'accounts-other-language': [{ locale: 'de-DE' }, accounts],
    'signup-phone': [{ ...PHONE, colorScheme: 'light' }, signUp],
    'signup-phone-dark': [{ ...PHONE, colorScheme: 'dark' }, signUp],
    'signup-dark': [{ colorScheme: 'dark' }, signUp],
    'signup-light': [{ colorScheme: 'light', javaScriptEnabled: false }, signUp],
    'signup-other-language': [{ locale: 'de-DE' }, signUp],
    'passkey-phone': [{ ...PHONE, colorScheme: 'light' }, passkey],
    'passkey-dark': [{ colorScheme: 'dark' }, passkey],
    'passkey-light': [{ colorScheme: 'light' }, passkey],
    'passkey-other-language': [{ ...PHONE, locale: 'de-DE', colorScheme: 'dark' }, passkey],
    'passkey-button': [{}, passkeyButton],
    'passkey-without-script': [{ javaScriptEnabled: false }, passkeyWithoutScript],
    'life-light': [{ colorScheme: 'light' }, life],
    'life-phone-dark': [{ ...PHONE, colorScheme: 'dark' }, life],
    'life-languages': [PHONE, lifeInEveryLanguage],
    'life-without-script': [{ ...PHONE, colorScheme: 'light', javaScriptEnabled: false }, lifeWithoutScript],
    upstream: [{}, upstream],
    'frontchannel-logout': [{}, frontchannelLogout],
    'session-management': [{}, sessionManagement],
    'frontchannel-logout-without-script': [{ javaScriptEnabled: false }, frontchannelLogout],
}

const name = process.argv[2]
const [options, run] = scenarios[name]
await inBrowser(name, options, run)
console.log(`${name}: done`)
