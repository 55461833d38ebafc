// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// Keeps every line; nothing can be recorded while it fails. Threads: any.
class FakeLog final : public Log, public FakeBackend {
public:
    struct Line {
        Level level;
        std::string message;
        ValueMap fields;
        std::string requestId;
    };

    bool shows(Level /*level*/) const noexcept override { return true; }
    void write(Level level, std::string_view message, const ValueMap& fields) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        lines_.push_back({level, std::string(message), fields, {}});
    }
    void write(const Context& context, Level level, std::string_view message,
               const ValueMap& fields) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        lines_.push_back({level, std::string(message), fields, std::string(context.requestId)});
    }
    bool record(const std::vector<LogRecord>& records) override {
        if (refusal()) {
            return false;
        }
        const std::lock_guard<std::mutex> lock(mutex_);
        for (const auto& record : records) {
            lines_.push_back({Level::info, record.message, record.fields, record.requestId});
        }
        return true;
    }

    std::vector<Line> lines() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return lines_;
    }
    /// Is this text part of any line's message?
    bool says(std::string_view part) const {
        for (const auto& line : lines()) {
            if (line.message.find(part) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

private:
    mutable std::mutex mutex_;
    std::vector<Line> lines_;
};

}  // namespace gatehouse::testkit
