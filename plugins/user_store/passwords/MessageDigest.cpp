// SPDX-License-Identifier: Apache-2.0
#include "passwords/MessageDigest.h"

namespace gatehouse {

namespace {

using Method = std::unique_ptr<EVP_MD, Freed<EVP_MD_free>>;

}  // namespace

MessageDigest::MessageDigest(const char* name) : context_(EVP_MD_CTX_new()) {
    const Method method(EVP_MD_fetch(nullptr, name, nullptr));
    require(method != nullptr && EVP_DigestInit_ex2(context_.get(), method.get(), nullptr) == 1,
            "OpenSSL has no such digest");
}

std::string MessageDigest::of(std::string_view first, std::string_view second) const {
    std::string out(static_cast<std::size_t>(EVP_MD_CTX_get_size(context_.get())), '\0');
    require(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1 &&
                EVP_DigestUpdate(context_.get(), first.data(), first.size()) == 1 &&
                EVP_DigestUpdate(context_.get(), second.data(), second.size()) == 1 &&
                EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(out.data()),
                                   nullptr) == 1,
            "OpenSSL cannot hash");
    return out;
}

}  // namespace gatehouse
