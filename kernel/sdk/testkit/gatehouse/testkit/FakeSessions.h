// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Sessions.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Ada is signed in where the cookie "session" is "ada"; Grace beside her where "sessions" is
/// "grace".
class FakeSessions final : public Sessions {
public:
    /// The backend must outlive this.
    explicit FakeSessions(const FakeBackend& backend) : backend_(backend) {}

    Result<std::optional<SignOn>> find(const Context& context,
                                       const HttpRequest& request) const override {
        return backend_.answer(context, request.cookie("session") == "ada" ? std::optional(adas())
                                                                           : std::nullopt);
    }
    Result<std::vector<SignOn>> list(const Context& context, std::string_view sub) const override {
        return backend_.answer(context, sub == adas().subject.sub ? std::vector<SignOn>{adas()}
                                                                  : std::vector<SignOn>{});
    }
    Result<std::vector<Cookie>> end(const Context& context, const HttpRequest&) const override {
        return backend_.answer(context,
                               std::vector<Cookie>{Cookie{"session", "", "/", seconds{-1}}});
    }
    Status endAll(const Context& context, std::string_view) const override {
        return backend_.answer(context, std::monostate{});
    }
    Result<std::vector<std::string>> frames(const Context& context, const SignOn&) const override {
        return backend_.answer(context, framed);
    }
    /// Clients with a `subject_type` know it by another one.
    Result<std::string> sidFor(const Context& context, const Client& client,
                               const SignOn& session) const override {
        return backend_.answer(context, std::string(client.metadata.text("subject_type")) +
                                            session.authentication.sessionId);
    }

    Result<std::vector<SignOn>> findAll(const Context& context,
                                        const HttpRequest& request) const override {
        std::vector<SignOn> all;
        for (const auto& [cookie, name] : {std::pair("session", "ada"), {"sessions", "grace"}}) {
            if (request.cookie(cookie) == name) {
                all.push_back(of(name));
            }
        }
        return backend_.answer(context, std::move(all));
    }
    /// A cookie each, named after its `sid`.
    Result<std::vector<Cookie>> endThese(const Context& context, const HttpRequest&,
                                         const std::vector<SignOn>& sessions) const override {
        std::vector<Cookie> cookies;
        for (const auto& session : sessions) {
            cookies.push_back({session.authentication.sessionId, "", "/", seconds{-1}});
        }
        return backend_.answer(context, std::move(cookies));
    }
    Result<bool> endOne(const Context& context, std::string_view sub, std::string_view sid,
                        const std::string&) const override {
        const auto ada = adas();
        return backend_.answer(context,
                               sub == ada.subject.sub && sid == ada.authentication.sessionId);
    }

    std::vector<std::string> framed;

private:
    static SignOn of(const std::string& name) {
        SignOn session;
        session.subject = {"sub-of-" + name, "people", "id-of-" + name};
        session.authentication.sessionId = "session-of-" + name;
        session.ends = never;
        return session;
    }
    static SignOn adas() { return of("ada"); }

    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
