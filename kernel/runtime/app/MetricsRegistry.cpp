// SPDX-License-Identifier: Apache-2.0
#include "app/MetricsRegistry.h"

#include "app/Meters.h"

#include <stdexcept>
#include <utility>

namespace gatehouse {

using Type = MetricFamily::Type;

/// One of the three, by the type of its family.
struct MetricsRegistry::Series {
    std::unique_ptr<AtomicCounter> counter;
    std::unique_ptr<AtomicGauge> gauge;
    std::unique_ptr<AtomicHistogram> histogram;

    explicit Series(Type type) {
        switch (type) {
        case Type::counter: counter = std::make_unique<AtomicCounter>(); break;
        case Type::gauge: gauge = std::make_unique<AtomicGauge>(); break;
        case Type::histogram: histogram = std::make_unique<AtomicHistogram>(); break;
        }
    }

    MetricSample sample(const Labels& labels) const {
        MetricSample sample;
        sample.labels = labels;
        if (counter) {
            sample.value = static_cast<double>(counter->value());
        } else if (gauge) {
            sample.value = gauge->value();
        } else {
            histogram->copyTo(sample);
        }
        return sample;
    }
};

struct MetricsRegistry::Family {
    std::string help;
    Type type;
    std::map<Labels, Series> series;
};

MetricsRegistry::MetricsRegistry() = default;
MetricsRegistry::~MetricsRegistry() = default;

Counter& MetricsRegistry::counter(std::string_view name, std::string_view help,
                                  const Labels& labels) {
    return *series(name, help, Type::counter, labels).counter;
}

Gauge& MetricsRegistry::gauge(std::string_view name, std::string_view help, const Labels& labels) {
    return *series(name, help, Type::gauge, labels).gauge;
}

Histogram& MetricsRegistry::histogram(std::string_view name, std::string_view help,
                                      const Labels& labels) {
    return *series(name, help, Type::histogram, labels).histogram;
}

MetricsSnapshot MetricsRegistry::snapshot() const {
    const std::lock_guard lock(mutex_);
    MetricsSnapshot snapshot;
    for (const auto& [name, family] : families_) {
        MetricFamily copy{name, family->help, family->type, {}};
        for (const auto& [labels, series] : family->series) {
            copy.samples.push_back(series.sample(labels));
        }
        snapshot.push_back(std::move(copy));
    }
    return snapshot;
}

MetricsRegistry::Series& MetricsRegistry::series(std::string_view name, std::string_view help,
                                                 Type type, const Labels& labels) {
    const std::lock_guard lock(mutex_);
    auto& family = families_[std::string(name)];
    if (family == nullptr) {
        family = std::make_unique<Family>(Family{std::string(help), type, {}});
    }
    if (family->type != type) {
        throw std::logic_error("the metric " + std::string(name) + " exists with another type");
    }
    return family->series.try_emplace(labels, type).first->second;
}

}  // namespace gatehouse
