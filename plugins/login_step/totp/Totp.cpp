// SPDX-License-Identifier: Apache-2.0
#include "Totp.h"

#include "crypto/Digest.h"
#include "json/Json.h"
#include "json/JsonWriter.h"
#include "json/Members.h"
#include "text/Base32.h"
#include "text/Percent.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

constexpr std::uint64_t drift = 1;  // steps
constexpr std::size_t leastSecret = 16;  // bytes
constexpr std::size_t mostSecret = 128;
constexpr int leastDigits = 6;
constexpr int mostDigits = 8;

const EVP_MD* hashOf(std::string_view algorithm) {
    return algorithm == "SHA1"     ? EVP_sha1()
           : algorithm == "SHA256" ? EVP_sha256()
           : algorithm == "SHA512" ? EVP_sha512()
                                   : nullptr;
}

std::string bigEndian(std::uint64_t number) {
    std::string bytes(sizeof number, '\0');
    std::for_each(bytes.rbegin(), bytes.rend(), [&](char& byte) {
        byte = static_cast<char>(number & 0xFFU);
        number >>= 8U;
    });
    return bytes;
}

std::uint64_t stepAt(const TotpKey& key, TimePoint now) {
    return static_cast<std::uint64_t>(now.time_since_epoch() / key.period);
}

TimePoint startOf(const TotpKey& key, std::uint64_t step) {
    return TimePoint{milliseconds(key.period) * static_cast<std::int64_t>(step)};
}

}  // namespace

Secret TotpKey::text() const {
    return Secret(toJson(ValueMap{{"secret", base32(secret.view())},
                                  {"algorithm", algorithm},
                                  {"digits", digits},
                                  {"period", period.count()},
                                  {"added", added.time_since_epoch().count()}}));
}

std::optional<TotpKey> TotpKey::parse(std::string_view text) {
    const auto read = parseJson(text);
    if (!read || read->map() == nullptr) {
        return std::nullopt;
    }
    const auto& members = *read->map();
    auto secret = fromBase32(members.text("secret"));
    TotpKey key;
    key.algorithm = members.text("algorithm");
    key.digits =
        static_cast<int>(std::clamp<std::int64_t>(numberOf(members, "digits"), 0, mostDigits + 1));
    key.period = seconds{numberOf(members, "period")};
    key.added = TimePoint{milliseconds{numberOf(members, "added")}};
    if (secret) {
        key.secret = *std::move(secret);
    }
    return keyProblem(key).empty() ? std::optional(std::move(key)) : std::nullopt;
}

std::string keyProblem(const TotpKey& key) {
    constexpr seconds shortest{15};
    constexpr seconds longest{120};
    const auto size = key.secret.view().size();
    if (size < leastSecret || size > mostSecret) {
        return size < leastSecret ? "has fewer than 128 bits" : "has more than 1024 bits";
    }
    if (hashOf(key.algorithm) == nullptr) {
        return "is for an algorithm other than SHA1, SHA256 and SHA512";
    }
    if (key.digits < leastDigits || key.digits > mostDigits) {
        return "makes codes of other than 6 to 8 digits";
    }
    return key.period < shortest || key.period > longest
               ? "makes a code for less than 15 or more than 120 seconds"
               : "";
}

std::string totpCode(const TotpKey& key, std::uint64_t step) {
    const auto counter = bigEndian(step);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    const auto secret = key.secret.view();
    if (HMAC(hashOf(key.algorithm), secret.data(), static_cast<int>(secret.size()),
             reinterpret_cast<const unsigned char*>(counter.data()), counter.size(), mac.data(),
             &size) == nullptr) {
        return {};
    }
    const std::size_t offset = mac.at(size - 1) & 0x0FU;
    std::uint32_t number = mac.at(offset) & 0x7FU;
    for (std::size_t index = 1; index < sizeof number; ++index) {
        number = number << 8U | mac.at(offset + index);
    }
    std::string code(static_cast<std::size_t>(key.digits), '0');
    std::for_each(code.rbegin(), code.rend(), [&](char& digit) {
        digit = static_cast<char>('0' + number % 10);
        number /= 10;
    });
    return code;
}

std::optional<std::uint64_t> stepOf(const TotpKey& key, std::string_view code, TimePoint now) {
    const auto present = stepAt(key, now);
    std::optional<std::uint64_t> found;
    for (auto step = present - drift; step <= present + drift; ++step) {
        const auto wanted = totpCode(key, step);
        if (!wanted.empty() && constantTimeEqual(wanted, code)) {
            found = step;
        }
    }
    return found;
}

TimePoint beginsToCount(const TotpKey& key, std::uint64_t step) {
    return startOf(key, step - drift);
}

TimePoint ceasesToCount(const TotpKey& key, std::uint64_t step) {
    return startOf(key, step + drift + 1);
}

std::string keyUri(const TotpKey& key, std::string_view issuer, std::string_view login) {
    const auto name = percentEncode(issuer);
    return "otpauth://totp/" + name + ":" + percentEncode(login) +
           "?secret=" + base32(key.secret.view()) + "&issuer=" + name +
           "&algorithm=" + key.algorithm + "&digits=" + std::to_string(key.digits) +
           "&period=" + std::to_string(key.period.count());
}

}  // namespace gatehouse
