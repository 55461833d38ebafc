// SPDX-License-Identifier: Apache-2.0
#include "jose/JweAlgorithm.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

constexpr std::array<JweAlgorithm, 6> algorithms{{
    {"RSA-OAEP", "RSA", "SHA1", 0},
    {"RSA-OAEP-256", "RSA", "SHA256", 0},
    {"ECDH-ES", "EC", nullptr, 0},
    {"ECDH-ES+A128KW", "EC", nullptr, 16},
    {"ECDH-ES+A192KW", "EC", nullptr, 24},
    {"ECDH-ES+A256KW", "EC", nullptr, 32},
}};

constexpr std::array<JweEncryption, 4> encryptions{{
    {"A128CBC-HS256", 32, 16, 16, "AES-128-CBC", false, Hash::sha256},
    {"A256CBC-HS512", 64, 16, 32, "AES-256-CBC", false, Hash::sha512},
    {"A128GCM", 16, 12, 16, "AES-128-GCM", true, Hash::sha256},
    {"A256GCM", 32, 12, 16, "AES-256-GCM", true, Hash::sha256},
}};

template <class Table> auto* findIn(const Table& table, std::string_view name) noexcept {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [name](const auto& row) { return row.name == name; });
    return found == table.end() ? nullptr : &*found;
}

template <class Table> std::vector<std::string_view> namesOf(const Table& table) {
    std::vector<std::string_view> names(table.size());
    std::transform(table.begin(), table.end(), names.begin(),
                   [](const auto& row) { return row.name; });
    return names;
}

}  // namespace

const JweAlgorithm* findJweAlgorithm(std::string_view name) noexcept {
    return findIn(algorithms, name);
}

const JweEncryption* findJweEncryption(std::string_view name) noexcept {
    return findIn(encryptions, name);
}

const std::vector<std::string_view>& jweAlgorithms() {
    static const auto names = namesOf(algorithms);
    return names;
}

const std::vector<std::string_view>& jweEncryptions() {
    static const auto names = namesOf(encryptions);
    return names;
}

}  // namespace gatehouse
