// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// Bytes that must not be seen: wiped when destroyed, without a stream operator, compared only by
/// Crypto::equal().
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view bytes) : bytes_(bytes) {}
    Secret(const Secret& other) = default;
    Secret(Secret&& other) noexcept : bytes_(other.bytes_) { other.wipe(); }
    Secret& operator=(const Secret& other) {
        if (this != &other) {
            wipe();
            bytes_ = other.bytes_;
        }
        return *this;
    }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe();
            bytes_ = other.bytes_;
            other.wipe();
        }
        return *this;
    }
    ~Secret() { wipe(); }

    /// The bytes; valid while this object lives and is not changed.
    std::string_view view() const noexcept { return bytes_; }
    bool empty() const noexcept { return bytes_.empty(); }

private:
    void wipe() noexcept {
        volatile char* byte = bytes_.data();
        for (std::size_t left = bytes_.size(); left > 0; --left) {
            *byte++ = 0;
        }
        bytes_.clear();
    }

    std::string bytes_;
};

}  // namespace gatehouse
