// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/HttpModule.h>

#include "Services.h"

namespace gatehouse {

/// A module that uses the core; it needs the point "core".
class CoreModule : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        core_ = &host_->one<Services>();
        return done();
    }

protected:
    Services& core() const noexcept { return *core_; }

private:
    Host* host_ = nullptr;
    Services* core_ = nullptr;
};

}  // namespace gatehouse
