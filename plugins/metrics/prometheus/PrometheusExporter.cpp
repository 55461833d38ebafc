// SPDX-License-Identifier: Apache-2.0
#include "PrometheusExporter.h"

#include "text/Utf8.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

prometheus::MetricType typeOf(MetricFamily::Type type) {
    switch (type) {
    case MetricFamily::Type::counter: return prometheus::MetricType::Counter;
    case MetricFamily::Type::gauge: return prometheus::MetricType::Gauge;
    case MetricFamily::Type::histogram: return prometheus::MetricType::Histogram;
    }
    return prometheus::MetricType::Untyped;
}

/// With one byte that is not UTF-8, no scrape is taken.
std::string asText(std::string_view given) {
    std::string text;
    while (!given.empty()) {
        const auto length = given.front() == '\0' ? 0 : utf8Length(given);
        text += length == 0 ? std::string_view("\xEF\xBF\xBD") : given.substr(0, length);
        given.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

/// The format's one-line HELP; prometheus-cpp escapes label values but not this.
std::string oneLine(const std::string& help) {
    std::string escaped;
    for (const char letter : asText(help)) {
        escaped += letter == '\\' ? "\\\\" : letter == '\n' ? "\\n" : std::string(1, letter);
    }
    return escaped;
}

prometheus::ClientMetric metricOf(const MetricSample& sample) {
    prometheus::ClientMetric metric;
    for (const auto& [name, value] : sample.labels) {
        metric.label.push_back({name, asText(value)});
    }
    metric.counter.value = sample.value;
    metric.gauge.value = sample.value;
    metric.histogram.sample_count = sample.count;
    metric.histogram.sample_sum = sample.value;
    for (const auto& [bound, count] : sample.buckets) {
        metric.histogram.bucket.push_back({count, bound});
    }
    return metric;
}

}  // namespace

Result<Scrape> PrometheusExporter::scrape(const MetricsSnapshot& snapshot) const {
    try {
        std::vector<prometheus::MetricFamily> families;
        for (const auto& family : snapshot) {
            prometheus::MetricFamily written{
                family.name, oneLine(family.help), typeOf(family.type), {}};
            for (const auto& sample : family.samples) {
                written.metric.push_back(metricOf(sample));
            }
            families.push_back(std::move(written));
        }
        return Scrape{"text/plain; version=0.0.4; charset=utf-8",
                      prometheus::TextSerializer().Serialize(families)};
    } catch (const std::exception& problem) {
        return Error::internal(std::string("metrics were not written: ") + problem.what());
    }
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::PrometheusExporter, "prometheus", "0.1.0",
                 "Metrics in Prometheus's text format")
