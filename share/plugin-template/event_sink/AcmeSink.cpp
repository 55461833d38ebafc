// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/EventSink.h>

#include <fstream>
#include <stdexcept>

namespace {

using namespace gatehouse;

/// Values are chosen by strangers: none may end a line or a column.
std::string cell(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        result += byte < 0x20 || byte == 0x7F ? ' ' : letter;
    }
    return result;
}

std::string textOf(const Value& value) {
    std::string text = value.text() != nullptr      ? *value.text()
                       : value.integer() != nullptr ? std::to_string(*value.integer())
                                                    : std::string();
    if (value.list() != nullptr) {
        for (const auto& item : *value.list()) {
            text += textOf(item) + ' ';
        }
    }
    return text;
}

std::string lineOf(const Event& event) {
    const auto time = std::chrono::duration_cast<seconds>(event.time.time_since_epoch());
    std::string line = std::to_string(time.count());
    for (const std::string_view text :
         {event.type, std::string_view(event.requestId), std::string_view(event.clientId),
          std::string_view(event.subject), std::string_view(event.remoteAddress)}) {
        line += '\t' + cell(text);
    }
    for (const auto& detail : event.details) {
        line += '\t' + cell(detail.name) + '=' + cell(textOf(detail.value));
    }
    return line + '\n';
}

/// Writes each event as a line: time, type, request, client, subject, address, details.
class AcmeSink final : public EventSink {
public:
    Status configure(const Config& config, Host& /*host*/) override {
        path_ = config.text("path");
        return done();
    }
    Status start() override {
        file_.open(path_, std::ios::app);
        return file_ ? done() : Status(Error::unavailable(path_ + ": cannot be written"));
    }
    void stop() noexcept override { file_.close(); }

    /// By one thread at a time. What is thrown is counted as lost.
    void publish(const std::vector<Event>& events) override {
        for (const auto& event : events) {
            file_ << lineOf(event);
        }
        if (!file_.flush()) {
            file_.clear();
            throw std::runtime_error(path_ + " cannot be written");
        }
    }

private:
    std::string path_;
    std::ofstream file_;
};

constexpr Field fields[] = {
    {"path", Kind::path, required, "the file that events are added to"},
};

}  // namespace

GATEHOUSE_PLUGIN(AcmeSink, "acme", "1.0.0", "Audit events in a file of Acme's", fields)
