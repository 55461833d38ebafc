// SPDX-License-Identifier: Apache-2.0
#include "facade/LentPages.h"

#include "Services.h"
#include "json/Members.h"
#include "login/FormGuard.h"
#include "page/ClientView.h"
#include "page/PageRenderer.h"

#include <utility>

namespace gatehouse {

namespace {

BrowserAnswer answerOf(const PageRenderer& pages, const HttpRequest& request, Page page,
                       int status) {
    PageView view;
    view.name = std::move(page.name);
    view.language = pages.language({}, request);
    const Value* client = page.values.find("client");
    if (client != nullptr && client->map() != nullptr) {
        view.logo = client->map()->text("logo");
    }
    view.frames = textsOf(page.values.find("frames"));
    view.values = std::move(page.values);
    if (!page.message.empty()) {
        view.values.set("message", pages.text(view.language, page.message));
    }
    return BrowserAnswer::show(std::move(view), status);
}

}  // namespace

HttpResponse LentPages::show(const Context& context, const HttpRequest& request, Page page,
                             int status) const {
    const auto& pages = core_.pages(context.issuer);
    return pages.respond(context, answerOf(pages, request, std::move(page), status));
}

HttpResponse LentPages::showForm(const Context& context, const HttpRequest& request, Page page,
                                 std::string_view purpose) const {
    const FormGuard guard(core_.host());
    const auto browser = guard.browser(context, request);
    page.values.set("csrf", guard.token(browser, purpose));
    const auto& pages = core_.pages(context.issuer);
    auto answer = answerOf(pages, request, std::move(page), 200);
    answer.cookies = browser.cookies;
    return pages.respond(context, answer);
}

bool LentPages::accepts(const Context& context, const HttpRequest& request, const Form& form,
                        std::string_view purpose) const {
    return FormGuard(core_.host()).accepts(context, request, form, purpose);
}

HttpResponse LentPages::message(const Context& context, const HttpRequest& request,
                                std::string_view key, int status) const {
    const auto& pages = core_.pages(context.issuer);
    return pages.respond(context, pages.message(pages.language({}, request), key, status));
}

HttpResponse LentPages::error(const Context& context, const HttpRequest& request,
                              const OAuthError& error) const {
    const auto& pages = core_.pages(context.issuer);
    return pages.respond(context, PageRenderer::error(pages.language({}, request), error));
}

ValueMap LentPages::client(const Context& context, const HttpRequest& request,
                           const Client& client) const {
    return clientView(client, core_.pages(context.issuer).language({}, request));
}

std::string LentPages::scope(const Context& context, const HttpRequest& request,
                             std::string_view scope) const {
    const auto& pages = core_.pages(context.issuer);
    return pages.scope(pages.language({}, request), scope);
}

std::string LentPages::text(const Context& context, const HttpRequest& request,
                            std::string_view key, const ValueMap& values) const {
    const auto& pages = core_.pages(context.issuer);
    return pages.text(pages.language({}, request), key, values);
}

std::string LentPages::icon(const Issuer& issuer) const {
    return core_.pages(issuer).icon();
}

}  // namespace gatehouse
