// SPDX-License-Identifier: Apache-2.0
#include "app/HostImpl.h"

#include <utility>

namespace gatehouse {

HostImpl::HostImpl(const InstanceSetup& setup, const SharedServices& shared,
                   std::unique_ptr<Log> log)
    : GivenHost(setup.name), shared_(shared), log_(std::move(log)),
      crypto_(shared.crypto, {setup.use, setup.name}),
      records_(shared.records, {setup.use, setup.name}) {}

}  // namespace gatehouse
