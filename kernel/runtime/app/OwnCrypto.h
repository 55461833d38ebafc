// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "store/InstanceNames.h"

#include <utility>

namespace gatehouse {

/// The crypto of one plugin instance: keys that no other is given. Threads: any.
class OwnCrypto final : public Crypto {
public:
    /// `crypto` must outlive this.
    OwnCrypto(Crypto& crypto, InstanceNames names) : crypto_(crypto), names_(std::move(names)) {}

    /// Before it is used.
    void keepPlainNames() { names_.keepPlainNames(); }

    std::string sha256(std::string_view data) const override { return crypto_.sha256(data); }
    std::string mac(std::string_view label, std::string_view data) const override {
        return crypto_.mac(names_.labelIn(label), data);
    }
    bool equal(std::string_view left, std::string_view right) const noexcept override {
        return crypto_.equal(left, right);
    }
    std::string seal(std::string_view label, const Secret& plain, std::string_view bound) override {
        return crypto_.seal(names_.labelIn(label), plain, bound);
    }
    Result<Secret> open(std::string_view label, std::string_view sealed,
                        std::string_view bound) const override {
        return crypto_.open(names_.labelIn(label), sealed, bound);
    }

private:
    Crypto& crypto_;
    InstanceNames names_;
};

}  // namespace gatehouse
