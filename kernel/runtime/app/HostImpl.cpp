// SPDX-License-Identifier: Apache-2.0
#include "app/HostImpl.h"

#include <utility>

namespace gatehouse {

HostImpl::HostImpl(std::string instance, const SharedServices& shared, std::unique_ptr<Log> log)
    : GivenHost(std::move(instance)), shared_(shared), log_(std::move(log)) {}

}  // namespace gatehouse
