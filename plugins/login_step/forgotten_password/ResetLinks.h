// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/Token.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// The links by which people set new passwords, each good once on all nodes together. Threads: any.
class ResetLinks {
public:
    ResetLinks(Host& host, seconds lifetime) : host_(host), lifetime_(lifetime) {}

    /// One for this person, who may be nobody: it costs the same.
    Status add(const Context& context, std::string_view reference, const Subject& person) const;
    /// What is kept of a link; nullopt: it is none, not any more, or was used.
    Result<std::optional<Record>> find(const Context& context, const std::string& key) const;
    static std::optional<Subject> personOf(const Record& link);
    std::string keyOf(std::string_view reference) const;
    /// Uses it up. False: another request was faster.
    Result<bool> take(const Context& context, const Record& link) const;
    /// It could not be used.
    Status giveBack(const Context& context, Record link) const;
    /// None of the person's is good any more.
    Status drop(const Context& context, const Subject& person) const;

private:
    Host& host_;
    const seconds lifetime_;
};

}  // namespace gatehouse
