// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include "ArrayParameter.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// The values of a prepared statement's parameters, in binary: any byte is a byte.
class Parameters {
public:
    Parameters& add(std::string_view bytes) {
        values_.emplace_back(bytes);
        return *this;
    }
    Parameters& add(std::int64_t number) {
        appendNumber(values_.emplace_back(), static_cast<std::uint64_t>(number));
        return *this;
    }
    Parameters& add(TimePoint time) { return add(std::int64_t{time.time_since_epoch().count()}); }
    Parameters& add(ArrayParameter array) {
        values_.push_back(array.take());
        return *this;
    }

    const std::vector<std::string>& values() const noexcept { return values_; }

private:
    std::vector<std::string> values_;
};

}  // namespace gatehouse
