// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/MetricsExporter.h>

#include "Broken.h"

namespace gatehouse {

class Sink final : public PlainSink {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        return host_->all<MetricsExporter>().empty() ? done() : Error::internal("met some");
    }

private:
    Host* host_ = nullptr;
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Sink, "asks_for_more", "1.0.0", "Asks for what it does not need")
