// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/StorageMaintenance.h>

#include "app/cli/Arguments.h"

#include <memory>
#include <string>

namespace gatehouse {

/// One storage without keys, users and core: what is done to a storage as a whole. Configured, not
/// started. Everything that is wrong ends with a CommandFailure.
class LoneStorage {
public:
    /// The one of `database.url`.
    explicit LoneStorage(const Arguments& arguments);
    /// The one of another URL; only its plugin folders come from the configuration.
    LoneStorage(const Arguments& arguments, const std::string& url);
    ~LoneStorage();
    LoneStorage(const LoneStorage&) = delete;
    LoneStorage& operator=(const LoneStorage&) = delete;

    /// Refuses one that holds a copy that was not finished.
    void start();
    void stop();
    /// Leaves an audit event of this command in a started storage, once, for the servers that will
    /// use it.
    void audit(const Arguments& arguments, const std::string& target);
    /// As it was given, with what is secret in it.
    std::string url() const;
    Storage& storage() const;
    StorageMaintenance& maintenance() const;
    /// For one call, with a deadline of some seconds from now.
    Context context() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gatehouse
