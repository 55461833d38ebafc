// SPDX-License-Identifier: Apache-2.0
// What jose makes of a JWE: each line of standard input is a call, each line of standard output its result.
import { createInterface } from 'node:readline'
import * as jose from 'jose'

const calls = {
    async key({ alg }) {
        const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true })
        return { public: await jose.exportJWK(publicKey), private: await jose.exportJWK(privateKey) }
    },
    async decrypt({ key, text }) {
        const { alg } = jose.decodeProtectedHeader(text)
        const { plaintext, protectedHeader } = await jose.compactDecrypt(text, await jose.importJWK(key, alg))
        return { header: protectedHeader, plain: new TextDecoder().decode(plaintext) }
    },
    async encrypt({ key, header, plain }) {
        return new jose.CompactEncrypt(new TextEncoder().encode(plain)).setProtectedHeader(header)
            .encrypt(await jose.importJWK(key, header.alg))
    },
}

for await (const line of createInterface({ input: process.stdin })) {
    const { call, ...given } = JSON.parse(line)
    console.log(JSON.stringify(await calls[call](given)))
}
