// SPDX-License-Identifier: Apache-2.0
#include "StatePage.h"

#include "text/Base64.h"

namespace gatehouse {

namespace {

/// Without crypto.subtle, which frames on plain http and old browsers do not have: SHA-256 (FIPS
/// 180-4) of ASCII text, as hexadecimal digits.
constexpr std::string_view sha256Script = R"js(
function sha256(text) {
    var k = [], h = [], words = [], i, j;
    for (var n = 2; k.length < 64; n++) {
        var isPrime = true;
        for (var d = 2; d * d <= n; d++) {
            if (n % d === 0) { isPrime = false; break; }
        }
        if (isPrime) {
            if (h.length < 8) { h.push((Math.pow(n, 1 / 2) * 4294967296) | 0); }
            k.push((Math.pow(n, 1 / 3) * 4294967296) | 0);
        }
    }
    var bits = text.length * 8;
    text += '\x80';
    while (text.length % 64 !== 56) { text += '\x00'; }
    for (i = 0; i < text.length; i++) {
        words[i >> 2] = (words[i >> 2] | 0) | (text.charCodeAt(i) << ((3 - i % 4) * 8));
    }
    words.push((bits / 4294967296) | 0);
    words.push(bits | 0);
    function right(value, count) { return (value >>> count) | (value << (32 - count)); }
    for (j = 0; j < words.length; j += 16) {
        var w = words.slice(j, j + 16), s = h.slice(0);
        for (i = 0; i < 64; i++) {
            if (i >= 16) {
                var a = w[i - 15], b = w[i - 2];
                w[i] = (w[i - 16] + (right(a, 7) ^ right(a, 18) ^ (a >>> 3)) + w[i - 7] +
                        (right(b, 17) ^ right(b, 19) ^ (b >>> 10))) | 0;
            }
            var e = s[4];
            var one = (s[7] + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & s[5]) ^ (~e & s[6])) +
                       k[i] + w[i]) | 0;
            var two = ((right(s[0], 2) ^ right(s[0], 13) ^ right(s[0], 22)) +
                       ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]))) | 0;
            s = [(one + two) | 0, s[0], s[1], s[2], (s[3] + one) | 0, s[4], s[5], s[6]];
        }
        for (i = 0; i < 8; i++) { h[i] = (h[i] + s[i]) | 0; }
    }
    var digits = '';
    for (i = 0; i < 8; i++) {
        for (j = 28; j >= 0; j -= 4) { digits += ((h[i] >>> j) & 15).toString(16); }
    }
    return digits;
}
)js";

/// "CLIENT_ID SESSION_STATE" is answered by "unchanged", "changed" or "error".
constexpr std::string_view answerScript = R"js(
function browserState() {
    var all = document.cookie.split('; ');
    for (var i = 0; i < all.length; i++) {
        if (all[i].indexOf(cookieName + '=') === 0) { return all[i].substring(cookieName.length + 1); }
    }
    return '';
}
function answerTo(asked, origin) {
    var space = typeof asked === 'string' ? asked.lastIndexOf(' ') : -1;
    var state = space > 0 ? asked.substring(space + 1) : '';
    var dot = state.indexOf('.');
    if (dot < 1 || dot === state.length - 1) { return 'error'; }
    var salt = state.substring(dot + 1);
    var now = sha256(asked.substring(0, space) + ' ' + origin + ' ' + browserState() + ' ' + salt) + '.' + salt;
    return now === state ? 'unchanged' : 'changed';
}
window.addEventListener('message', function (event) {
    if (event.source && event.source !== window) {
        event.source.postMessage(answerTo(event.data, event.origin), event.origin);
    }
}, false);
)js";

}  // namespace

HttpResponse statePage(const Crypto& crypto, std::string_view cookieName) {
    std::string script = "\nvar cookieName = '";
    script.append(cookieName).append("';").append(sha256Script).append(answerScript);
    HttpResponse response;
    response.set("Content-Type", "text/html; charset=utf-8");
    response.set("Cache-Control", "no-store");
    response.set("Content-Security-Policy", "default-src 'none'; script-src 'sha256-" +
                                                base64(crypto.sha256(script)) +
                                                "'; base-uri 'none'; form-action 'none'");
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.body = "<!DOCTYPE html>\n<html><head><meta "
                    "charset=\"utf-8\"><title></title></head><body><script>" +
                    script + "</script></body></html>\n";
    return response;
}

}  // namespace gatehouse
