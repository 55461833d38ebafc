// SPDX-License-Identifier: Apache-2.0
#include "AcceptField.h"

#include "text/Lower.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

struct MediaRange {
    std::string type;
    int weight;  ///< thousandths
};

/// Takes off what comes before the next separator, without the blanks around it.
std::string_view take(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    part.remove_prefix(std::min(part.find_first_not_of(" \t"), part.size()));
    return part.substr(0, part.find_last_not_of(" \t") + 1);
}

/// RFC 9110 section 12.4.2.
std::optional<int> thousandths(std::string_view text) {
    const bool isOne = text.substr(0, 1) == "1";
    const bool isZero = text.substr(0, 1) == "0";
    const auto point = text.substr(std::min<std::size_t>(text.size(), 1), 1);
    if ((!isOne && !isZero) || text.size() > 5 || (!point.empty() && point != ".")) {
        return std::nullopt;
    }
    int sum = isOne ? 1000 : 0;
    int each = 100;
    for (const char digit : text.substr(std::min<std::size_t>(text.size(), 2))) {
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        sum += (digit - '0') * each;
        each /= 10;
    }
    return sum <= 1000 ? std::optional(sum) : std::nullopt;
}

void read(std::string_view text, std::vector<MediaRange>& ranges) {
    auto type = lowered(take(text, ';'));
    std::optional<int> weight = 1000;
    while (!text.empty()) {
        const auto parameter = lowered(take(text, ';'));
        if (parameter.rfind("q=", 0) == 0) {
            weight = thousandths(std::string_view(parameter).substr(2));
        }
    }
    if (weight) {
        ranges.push_back({std::move(type), *weight});
    }
}

/// Several fields are one list (RFC 9110 section 5.3).
std::vector<MediaRange> acceptedBy(const HttpRequest& request) {
    std::vector<MediaRange> ranges;
    for (const auto& field : request.headers) {
        std::string_view rest = field.name == "accept" ? field.value : std::string_view();
        while (!rest.empty()) {
            read(take(rest, ','), ranges);
        }
    }
    return ranges;
}

/// The weight of the first of these types that is among the ranges; 0: none is.
int weightOf(const std::vector<MediaRange>& ranges, std::initializer_list<std::string_view> types) {
    for (const auto type : types) {
        const auto found = std::find_if(ranges.begin(), ranges.end(), [&](const MediaRange& range) {
            return range.type == type;
        });
        if (found != ranges.end()) {
            return found->weight;
        }
    }
    return 0;
}

}  // namespace

bool asksFor(const HttpRequest& request, std::string_view mediaType) {
    const auto ranges = acceptedBy(request);
    const int weight = weightOf(ranges, {mediaType});
    return weight > 0 && weight >= weightOf(ranges, {"application/json", "application/*", "*/*"});
}

}  // namespace gatehouse
