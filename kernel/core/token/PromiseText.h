// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>
#include <gatehouse/point/Storage.h>

#include "token/OpenPromise.h"

#include <string>
#include <string_view>

namespace gatehouse {

// What the record of a promise holds. One that is kept is a ticket as any other; what was asked for
// stays with it until it is redeemed.

std::string promiseText(const OpenPromise& promise);
std::string deniedText(const OpenPromise& promise);
/// `ticket`: the record of a ticket.
std::string keptText(const OpenPromise& promise, std::string_view ticket);
bool isDenied(const ValueMap& ticket);
/// Was it neither kept nor denied?
bool isPending(const ValueMap& ticket);
/// `ticket`: what the record holds.
OpenPromise promiseFrom(const Record& record, const ValueMap& ticket);

/// By what a plugin knows it.
std::string promiseReference(std::string_view kind, std::string_view key);
struct PromisePlace {
    std::string kind;
    std::string key;
};
/// Empty: it is none.
PromisePlace promisePlace(std::string_view reference);

}  // namespace gatehouse
