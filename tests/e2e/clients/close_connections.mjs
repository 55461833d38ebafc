// SPDX-License-Identifier: Apache-2.0
// Loaded before a client (node --import): each of its requests has a connection of its own, so that a balancer sends
// each to another node.
const keepingAlive = globalThis.fetch

globalThis.fetch = (url, options = {}) => {
    const headers = new Headers(options.headers)
    headers.set('connection', 'close')
    return keepingAlive(url, { ...options, headers: Object.fromEntries(headers) })
}
