// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationResponse.h"

#include "page/ClientView.h"
#include "text/FormText.h"

namespace gatehouse {

namespace {

/// RFC 6749 section 4.1.2.1: %x20-21 / %x23-5B / %x5D-7E.
std::string wireText(std::string_view text) {
    std::string allowed;
    for (const char c : text) {
        allowed += c >= 0x20 && c < 0x7f && c != '"' && c != '\\' ? c : '?';
    }
    return allowed;
}

ValueList inputsOf(const std::vector<Form::Field>& fields) {
    ValueList inputs;
    for (const auto& [name, value] : fields) {
        inputs.emplace_back(ValueMap{{"name", name}, {"value", value}});
    }
    return inputs;
}

}  // namespace

BrowserAnswer AuthorizationResponse::success(std::string_view code) const {
    return send({{"code", std::string(code)}});
}

BrowserAnswer AuthorizationResponse::error(const OAuthError& error) const {
    std::vector<Form::Field> fields{{"error", std::string(toText(error.code))}};
    if (!error.description.empty()) {
        fields.emplace_back("error_description", wireText(error.description));
    }
    return send(std::move(fields));
}

BrowserAnswer AuthorizationResponse::send(std::vector<Form::Field> fields) const {
    if (!replyTo_.state.empty()) {
        fields.emplace_back("state", replyTo_.state);
    }
    fields.emplace_back("iss", context_.issuer.url);
    if (replyTo_.mode == ResponseMode::formPost) {
        PageView page = view("form_post");
        page.postsTo = replyTo_.redirectUri;
        page.values.set("action", replyTo_.redirectUri);
        page.values.set("fields", inputsOf(fields));
        return BrowserAnswer::show(std::move(page));
    }
    // RFC 6749 section 3.1.2: the query the client registered is kept.
    const char* joint = replyTo_.redirectUri.find('?') == std::string::npos ? "?" : "&";
    return goTo(replyTo_.redirectUri + joint + writeForm(fields));
}

BrowserAnswer AuthorizationResponse::goTo(std::string location) const {
    auto answer = BrowserAnswer::goTo(std::move(location));
    if (http_.method == "POST") {
        answer.page = view("go_on");
        answer.page.values.set("location", answer.location);
    }
    return answer;
}

PageView AuthorizationResponse::view(std::string name) const {
    auto client = clientView(client_, language_);
    PageView page;
    page.name = std::move(name);
    page.language = language_;
    page.logo = client.text("logo");
    page.values.set("client", std::move(client));
    return page;
}

}  // namespace gatehouse
