// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

namespace gatehouse {

/// What a plugin is as well that keeps, under plain names, what its extension point has in the
/// storage: a user store `user` and `user_login`, a key store `key` (sealed as `signing_key`), a
/// token format `access_token` (also its key), client authentication `replay`. A grant opens the
/// tickets `authorization_code` by it. Everything else that plugins keep carries the instance's
/// name. Two such plugins of one point are refused at start; the instances of one share.
class KeepsPlainNames {
public:
    static constexpr Capability capability{"keeps_plain_names", 1};
    KeepsPlainNames(const KeepsPlainNames&) = delete;
    KeepsPlainNames& operator=(const KeepsPlainNames&) = delete;
    virtual ~KeepsPlainNames() = default;

private:
    template <class P, class... C> friend class With;
    KeepsPlainNames() = default;
};

}  // namespace gatehouse
