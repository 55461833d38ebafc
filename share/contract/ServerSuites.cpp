// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/EventSinkContract.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/ImportFormatContract.h>
#include <gatehouse/testkit/ModuleContract.h>
#include <gatehouse/testkit/PasswordRuleContract.h>

#include "LoadedBed.h"
#include "Suites.h"
#include "json/Json.h"

#include <fstream>
#include <iterator>

namespace gatehouse {

namespace {

struct LoadedModule : testkit::FacadeBed, LoadedBed {
    std::unique_ptr<HttpModule> make() { return started<HttpModule>(host); }
    static std::vector<HttpRequest> good() {
        std::vector<HttpRequest> requests;
        for (const auto& each : knownList("good")) {
            const ValueMap said = each.map() == nullptr ? ValueMap{} : *each.map();
            HttpRequest request;
            request.method = said.text("method");
            request.path = said.text("path");
            request.query = said.text("query");
            request.body = said.text("body");
            if (!said.text("content_type").empty()) {
                request.headers.push_back({"content-type", std::string(said.text("content_type"))});
            }
            requests.push_back(std::move(request));
        }
        return requests;
    }
};

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Its events arrive in a file, behind what others have written there, or else in the log.
struct LoadedSink : LoadedBed {
    std::unique_ptr<EventSink> make() { return started<EventSink>(host); }
    std::string told() const {
        if (!file.empty()) {
            const std::string content = contentOf(file);
            return content.substr(std::min(before, content.size()));
        }
        std::string lines;
        for (const auto& line : host.fakeLog.lines()) {
            lines += toJson(ValueMap{{"message", line.message},
                                     {"request_id", line.requestId},
                                     {"fields", line.fields}}) +
                     "\n";
        }
        return lines;
    }

    testkit::FakeHost host;
    std::filesystem::path file = knownFile("told");
    std::size_t before = file.empty() ? 0 : contentOf(file).size();
};

struct LoadedFormat : LoadedBed {
    std::unique_ptr<ImportFormat> make() { return started<ImportFormat>(host); }
    static std::string file() { return contentOf(knownFile("file")); }

    testkit::FakeHost host;
};

struct LoadedPasswordRule : testkit::HostBed, LoadedBed {
    std::unique_ptr<PasswordRule> make() { return started<PasswordRule>(host); }
    static std::string good() { return std::string(known("passwords").text("good")); }
    static std::string bad() { return std::string(known("passwords").text("bad")); }
};

template <class Contract> std::unique_ptr<CppUnit::Test> suite() {
    return std::unique_ptr<CppUnit::Test>(Contract::suite());
}

}  // namespace

std::unique_ptr<CppUnit::Test> eventSinkSuite() {
    return suite<testkit::EventSinkContract<LoadedSink>>();
}
std::unique_ptr<CppUnit::Test> importFormatSuite() {
    return suite<testkit::ImportFormatContract<LoadedFormat>>();
}
std::unique_ptr<CppUnit::Test> moduleSuite() {
    return suite<testkit::ModuleContract<LoadedModule>>();
}
std::unique_ptr<CppUnit::Test> passwordRuleSuite() {
    return suite<testkit::PasswordRuleContract<LoadedPasswordRule>>();
}

}  // namespace gatehouse
