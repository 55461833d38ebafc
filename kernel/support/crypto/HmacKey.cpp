// SPDX-License-Identifier: Apache-2.0
#include "crypto/HmacKey.h"

#include "crypto/HmacContext.h"

namespace gatehouse {

namespace {

constexpr const char* failed = "OpenSSL cannot make an HMAC";

}  // namespace

std::string HmacKey::of(std::string_view data) const {
    auto context = begin();
    std::string out(32, '\0');
    std::size_t size = 0;
    require(EVP_MAC_update(context.get(), bytesOf(data), data.size()) == 1 &&
                EVP_MAC_final(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size,
                              out.size()) == 1 &&
                size == out.size(),
            failed);
    context.reset(ready_.exchange(context.release()));
    return out;
}

MacContext HmacKey::begin() const {
    MacContext context(ready_.exchange(nullptr));
    if (context != nullptr) {
        require(EVP_MAC_init(context.get(), nullptr, 0, nullptr) == 1, failed);
        return context;
    }
    context = newHmac("SHA2-256");
    const auto key = key_.view();
    require(EVP_MAC_init(context.get(), bytesOf(key), key.size(), nullptr) == 1, failed);
    return context;
}

}  // namespace gatehouse
