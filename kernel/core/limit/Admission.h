// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// How many logins are looked at at once: few of one account and some from one address, so that
/// nobody takes all of the time there is for hashing passwords, with right ones either. Threads:
/// any.
class Admission {
public:
    /// A button that is pressed twice.
    static constexpr std::size_t mostOfAccount = 2;
    static constexpr std::size_t mostOfAddress = 16;

    /// Being looked at; ends with it.
    class Pass {
    public:
        Pass(Admission& admission, std::vector<std::string> names)
            : admission_(&admission), names_(std::move(names)) {}
        Pass(Pass&& other) noexcept
            : admission_(other.admission_), names_(std::move(other.names_)) {
            other.names_.clear();
        }
        Pass(const Pass&) = delete;
        Pass& operator=(const Pass&) = delete;
        Pass& operator=(Pass&&) = delete;
        ~Pass() {
            if (!names_.empty()) {
                admission_->leave(names_);
            }
        }

    private:
        Admission* admission_;
        std::vector<std::string> names_;
    };

    /// nullopt: too many are. The account may be empty.
    std::optional<Pass> enter(std::string_view account, std::string_view address);

private:
    void leave(const std::vector<std::string>& names) noexcept;

    std::mutex mutex_;
    std::map<std::string, std::size_t> inside_;
};

}  // namespace gatehouse
