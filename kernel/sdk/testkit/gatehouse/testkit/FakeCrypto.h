// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::testkit {

/// Has the shape of cryptography without being any: digests are 32 bytes of FNV-1a, a sealed text
/// can be read by anyone. It does tell labels, bindings and damage apart. Threads: any.
class FakeCrypto final : public Crypto {
public:
    std::string sha256(std::string_view data) const override { return digest({}, data); }
    std::string mac(std::string_view label, std::string_view data) const override {
        return digest(label, data);
    }
    bool equal(std::string_view left, std::string_view right) const noexcept override {
        return left == right;
    }
    std::string seal(std::string_view label, const Secret& plain, std::string_view bound) override {
        return check(label, plain.view(), bound) + std::string(plain.view());
    }
    Result<Secret> open(std::string_view label, std::string_view sealed,
                        std::string_view bound) const override {
        if (sealed.size() < digestSize) {
            return Error::internal("sealed text is too short");
        }
        const std::string_view plain = sealed.substr(digestSize);
        if (sealed.substr(0, digestSize) != check(label, plain, bound)) {
            return Error::internal("sealed text was made for something else, or is damaged");
        }
        return Secret(plain);
    }

private:
    static constexpr std::size_t digestSize = 32;

    static std::string check(std::string_view label, std::string_view plain,
                             std::string_view bound) {
        return digest(label, digest(bound, plain));
    }
    static std::string digest(std::string_view label, std::string_view data) {
        std::string result;
        for (unsigned char round = 0; result.size() < digestSize; ++round) {
            std::uint64_t state = 14695981039346656037U;
            add(state, std::string_view(reinterpret_cast<const char*>(&round), 1));
            add(state, label);
            add(state, std::string_view("\0|", 2));
            add(state, data);
            for (int shift = 0; shift < 64; shift += 8) {
                result += static_cast<char>(state >> shift);
            }
        }
        return result;
    }
    static void add(std::uint64_t& state, std::string_view bytes) {
        for (const char byte : bytes) {
            state = (state ^ static_cast<unsigned char>(byte)) * 1099511628211U;
        }
    }
};

}  // namespace gatehouse::testkit
