// SPDX-License-Identifier: Apache-2.0
// What a client leaves at /shelf is good for one answer, asked for by `request_uri`. Against the
// SDK alone.
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/point/RequestSource.h>

#include <map>
#include <mutex>
#include <string>

namespace {

using namespace gatehouse;

struct Kept {
    std::string clientId;
    Form request;
    TimePoint until;
};

/// Of this process.
class Shelf {
public:
    static Shelf& it() {
        static Shelf shelf;
        return shelf;
    }
    std::string put(Kept kept) {
        const std::lock_guard lock(mutex_);
        const auto name = "urn:example:shelf:" + std::to_string(++last_);
        kept_.emplace(name, std::move(kept));
        return name;
    }
    Result<RequestRead, OAuthError> find(std::string_view name, std::string_view clientId) {
        const std::lock_guard lock(mutex_);
        const auto found = kept_.find(name);
        if (found == kept_.end() || found->second.clientId != clientId) {
            return OAuthError::of("invalid_request_uri", "Nothing lies there for this client");
        }
        return RequestRead{found->second.request, found->first, found->second.until};
    }

private:
    std::mutex mutex_;
    std::map<std::string, Kept, std::less<>> kept_;
    int last_ = 0;
};

class ShelfModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        clients_ = &host_->one<Clients>();
        return done();
    }
    std::vector<Route> routes() override {
        return {{"POST", "/shelf", Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return keep(context, request);
                 }}};
    }

private:
    HttpResponse keep(const Context& context, const HttpRequest& request) const {
        const auto form = host_->web().form(request);
        if (!form) {
            return host_->web().error(form.error(), request);
        }
        const auto client = clients_->authenticate(context, request, *form);
        if (!client) {
            return host_->web().error(client.error(), request);
        }
        const auto name =
            Shelf::it().put({client->client->id, *form, host_->clock().now() + seconds{600}});
        return host_->web().json(host_->web().toJson(ValueMap{{"request_uri", name}}));
    }

    Host* host_ = nullptr;
    const Clients* clients_ = nullptr;
};

class ShelfSource final : public RequestSource {
public:
    std::vector<std::string_view> parameters() const override { return {"request_uri"}; }
    Result<RequestRead, OAuthError> read(const RequestInHand& request) const override {
        return Shelf::it().find(request.parameters().text("request_uri"), request.client().id);
    }
};

constexpr const char* needs[] = {"clients", "client_auth"};

}  // namespace

GATEHOUSE_DESCRIBE(ShelfModule, "shelf", "1.0.0", "Keeps requests", needs)
GATEHOUSE_DESCRIBE(ShelfSource, "shelf", "1.0.0", "Takes requests that are kept")
GATEHOUSE_LIBRARY(ShelfModule, ShelfSource)
