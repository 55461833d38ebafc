// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Mails.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// Mails that go nowhere.
class FakeMails final : public Mails {
public:
    explicit FakeMails(const FakeBackend& backend) : backend_(backend) {}

    bool canSend() const override { return isThere; }
    Result<bool> send(const Context& context, const NewMail& mail) const override {
        if (const auto trouble = backend_.trouble(context)) {
            return *trouble;
        }
        const std::lock_guard lock(mutex_);
        sent_.push_back(mail);
        return !isTooMuch;
    }
    /// The last one; nullopt: none.
    std::optional<NewMail> lastTo(std::string_view address) const {
        const std::lock_guard lock(mutex_);
        for (auto mail = sent_.rbegin(); mail != sent_.rend(); ++mail) {
            if (mail->to == address) {
                return *mail;
            }
        }
        return std::nullopt;
    }

    bool isThere = true;
    bool isTooMuch = false;

private:
    const FakeBackend& backend_;
    mutable std::mutex mutex_;
    mutable std::vector<NewMail> sent_;
};

}  // namespace gatehouse::testkit
