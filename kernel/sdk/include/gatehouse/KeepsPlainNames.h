// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gatehouse {

/// What a plugin is as well that keeps, under plain names, what its extension point has in the
/// storage: a user store `user` and `user_login`, a key store `key` (sealed as `signing_key`), a
/// token format `access_token` (also its key), client authentication `replay`. Everything else that
/// plugins keep carries the instance's name. Two such plugins of one point are refused at start;
/// the instances of one share.
class KeepsPlainNames {
public:
    KeepsPlainNames() = default;
    KeepsPlainNames(const KeepsPlainNames&) = delete;
    KeepsPlainNames& operator=(const KeepsPlainNames&) = delete;
    virtual ~KeepsPlainNames() = default;
};

}  // namespace gatehouse
