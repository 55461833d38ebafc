// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/TakesPeople.h>

#include "LocalUsers.h"

#include <vector>

namespace gatehouse {

/// Takes in people of other servers; see TakesPeople.
class Newcomers {
public:
    Newcomers(Host& host, LocalUsers& users) : host_(host), users_(users) {}

    Result<bool> isNew(const Context& context, const Newcomer& newcomer) const;
    Status take(const Context& context, const std::vector<Newcomer>& newcomers) const;

private:
    LocalUser localOf(const Newcomer& newcomer) const;

    Host& host_;
    LocalUsers& users_;
};

}  // namespace gatehouse
