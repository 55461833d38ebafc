// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include "crypto/HmacKey.h"

#include <functional>
#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace gatehouse {

/// Crypto on keys derived from one root secret, which should have 32 random bytes. A label's key is
/// derived once and kept, so labels come from the program, never from a request. Any thread.
class KeyedCrypto final : public Crypto {
public:
    explicit KeyedCrypto(Secret root);

    std::string sha256(std::string_view data) const override;
    std::string mac(std::string_view label, std::string_view data) const override;
    bool equal(std::string_view left, std::string_view right) const noexcept override;
    std::string seal(std::string_view label, const Secret& plain, std::string_view bound) override;
    Result<Secret> open(std::string_view label, std::string_view sealed,
                        std::string_view bound) const override;

private:
    /// What is made of a key by its label; it stays where it is for the life of this object.
    template <class T> using Labelled = std::map<std::string, T, std::less<>>;
    template <class T>
    const T& keyOf(Labelled<T>& keys, std::string_view use, std::string_view label) const;

    Secret root_;
    mutable std::shared_mutex mutex_;
    mutable Labelled<Secret> seals_;
    mutable Labelled<HmacKey> macs_;
};

/// The key of mac() for this label, to verify with another implementation.
Secret macKey(const Secret& root, std::string_view label);

}  // namespace gatehouse
