// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Promise.h>
#include <gatehouse/point/Storage.h>

#include "store/Handle.h"
#include "token/OpenPromise.h"
#include "token/PendingPolls.h"
#include "token/PromiseTellers.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

struct CodeGrant;

/// Tickets whose authorization a person has yet to give. Threads: any; blocks on the storage.
class PromiseBook {
public:
    /// The topic of notices that one was decided about.
    static constexpr const char* topic = "promise";

    PromiseBook(Host& host, HandleMaker& handles, std::function<bool()> isFresh,
                PromiseTellers tellers = {})
        : host_(host), handles_(handles), polls_(host, std::move(isFresh)),
          tellers_(std::move(tellers)) {}

    /// `kind`: of the record; `sealed`: the request; `person`: who alone can decide, or nobody.
    Result<Promised> make(const Context& context, std::string kind, const Client& client,
                          std::string sealed, const Promise& terms, Subject person = {});
    /// nullopt: there is none, or not any more.
    Result<std::optional<OpenPromise>> find(const Context& context,
                                            std::string_view reference) const;
    /// From then on it is a ticket for this; the batch fails for all but the first who decides.
    Status keep(const Context& context, const Client& client, const OpenPromise& promise,
                const CodeGrant& grant, Batch& batch) const;
    /// False: somebody else was first.
    Result<bool> deny(const Context& context, const Client& client,
                      const OpenPromise& promise) const;

    /// What its client is told without a look into the storage; nullopt: that is needed.
    std::optional<OAuthError> ask(std::string_view kind, const Handle& handle,
                                  std::string_view hash, const Client& client);
    /// What its client is told who was found to have the text; nullopt: it is kept, or no promise.
    std::optional<OAuthError> answer(const Record& record, const ValueMap& ticket,
                                     const Client& client, std::uint64_t moment);
    PendingPolls& polls() noexcept { return polls_; }

private:
    Status decide(const Context& context, const Client& client, const OpenPromise& promise,
                  Record record, Batch& batch) const;

    Host& host_;
    HandleMaker& handles_;
    PendingPolls polls_;
    PromiseTellers tellers_;
};

}  // namespace gatehouse
