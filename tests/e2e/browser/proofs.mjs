// SPDX-License-Identifier: Apache-2.0
// What people prove who they are with.
import { createHmac } from 'node:crypto'

/** A device of the browser's own that holds passkeys, and knows its person (WebAuthn section 11). */
export async function addAuthenticator(page) {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options: {
        protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
        automaticPresenceSimulation: true } })
    return {
        isLost: () => devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
        passkeys: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
        knowsItsPerson: (isUserVerified) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
        waits: (enabled) => devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: !enabled }),
    }
}

/** The code of an app, so many steps later (RFC 6238). */
export function totp(secret, later) {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
    const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
    const step = Buffer.alloc(8)
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + later))
    const mac = createHmac('sha1', key).update(step).digest()
    return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0')
}
