// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Pages.h>

#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::testkit {

/// Pages that are a name alone. The form value "csrf" is right when it is "csrf for PURPOSE".
class FakePages final : public Pages {
public:
    HttpResponse show(const Context&, const HttpRequest&, Page page, int status) const override {
        return html(std::move(page.name), status);
    }
    HttpResponse showForm(const Context&, const HttpRequest&, Page page,
                          std::string_view purpose) const override {
        return html(page.name + " csrf for " + std::string(purpose), 200);
    }
    bool accepts(const Context&, const HttpRequest&, const Form& form,
                 std::string_view purpose) const override {
        return form.text("csrf") == "csrf for " + std::string(purpose);
    }
    HttpResponse message(const Context&, const HttpRequest&, std::string_view key,
                         int status) const override {
        return html("message " + std::string(key), status);
    }
    HttpResponse error(const Context&, const HttpRequest&, const OAuthError& error) const override {
        return html("error " + error.code, error.httpStatus());
    }
    ValueMap client(const Context&, const HttpRequest&, const Client& client) const override {
        return {{"name", client.id}};
    }
    std::string icon(const Issuer&) const override { return "<svg/>"; }
    std::string scope(const Context&, const HttpRequest&, std::string_view scope) const override {
        return std::string(scope);
    }
    std::string text(const Context&, const HttpRequest&, std::string_view key,
                     const ValueMap&) const override {
        return std::string(key);
    }

private:
    static HttpResponse html(std::string body, int status) {
        HttpResponse response;
        response.status = status;
        response.set("Content-Type", "text/html; charset=utf-8");
        response.body = std::move(body);
        return response;
    }
};

}  // namespace gatehouse::testkit
