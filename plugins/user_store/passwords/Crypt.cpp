// SPDX-License-Identifier: Apache-2.0
#include "passwords/Crypt.h"

#include "crypto/Digest.h"

#include <crypt.h>

#include <memory>

namespace gatehouse {

std::string cryptOf(const Secret& password, const std::string& hash) {
    // crypt would take what stands before NUL for all of it.
    if (password.view().find('\0') != std::string_view::npos) {
        return {};
    }
    const auto data = std::make_unique<crypt_data>();
    // A Secret's bytes end in NUL, as those of its std::string.
    const char* made =
        ::crypt_rn(password.view().data(), hash.c_str(), data.get(), sizeof(crypt_data));
    return made != nullptr ? std::string(made) : std::string{};
}

bool fitsCrypt(const Secret& password, const std::string& hash) {
    return constantTimeEqual(cryptOf(password, hash), hash);
}

}  // namespace gatehouse
