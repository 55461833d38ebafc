// SPDX-License-Identifier: Apache-2.0
#include "app/HostImpl.h"

#include <utility>

namespace gatehouse {

InstanceNames namesOf(const Instance& instance) {
    InstanceNames names(instance.setup().use, instance.setup().name);
    if (instance.keepsPlainNames()) {
        names.keepPlainNames();
    }
    return names;
}

HostImpl::HostImpl(const InstanceSetup& setup, const SharedServices& shared,
                   std::unique_ptr<Log> log)
    : GivenHost(setup.name), shared_(shared), log_(std::move(log)),
      crypto_(shared.crypto, {setup.use, setup.name}),
      records_(shared.records, {setup.use, setup.name}),
      http_(shared.outgoing, shared.clock, shared.metrics, setup.label),
      jobs_(shared.jobs, {setup.use, setup.name}),
      tickets_({shared.clock, shared.random, shared.crypto, shared.records, shared.subjects},
               {setup.use, setup.name}),
      web_(setup.use.substr(0, setup.use.find('.') + 1) + setup.name) {}

void HostImpl::keepPlainNames() {
    crypto_.keepPlainNames();
    records_.keepPlainNames();
    tickets_.keepPlainNames();
}

}  // namespace gatehouse
