// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstddef>

namespace gatehouse::testkit {

/// How many bytes a value has as JSON, at least.
inline std::size_t jsonSize(const Value& value) {
    std::size_t size = 2;
    if (value.text() != nullptr) {
        size += value.text()->size();
    }
    if (value.list() != nullptr) {
        for (const auto& entry : *value.list()) {
            size += jsonSize(entry);
        }
    }
    if (value.map() != nullptr) {
        for (const auto& [name, member] : *value.map()) {
            size += name.size() + 3 + jsonSize(member);
        }
    }
    return size;
}

}  // namespace gatehouse::testkit
