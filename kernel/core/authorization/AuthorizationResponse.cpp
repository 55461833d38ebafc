// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationResponse.h"

#include "authorization/AnswerMembers.h"
#include "authorization/ResponseModes.h"
#include "page/ClientView.h"
#include "page/PageRenderer.h"
#include "web/Answer.h"

#include <algorithm>
#include <iterator>

namespace gatehouse {

namespace {

class Answer final : public AnswerInHand {
public:
    Answer(const Context& context, const Client& client, const ReplyTo& replyTo,
           const std::vector<Form::Field>& parameters)
        : context_(context), client_(client), replyTo_(replyTo), parameters_(parameters) {}

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return client_; }
    std::string_view redirectUri() const noexcept override { return replyTo_.redirectUri; }
    const std::vector<Form::Field>& parameters() const noexcept override { return parameters_; }
    std::string_view defaultMode() const noexcept override { return replyTo_.byDefault; }

private:
    const Context& context_;
    const Client& client_;
    const ReplyTo& replyTo_;
    const std::vector<Form::Field>& parameters_;
};

ValueList inputsOf(const std::vector<Form::Field>& fields) {
    ValueList inputs;
    for (const auto& [name, value] : fields) {
        inputs.emplace_back(ValueMap{{"name", name}, {"value", value}});
    }
    return inputs;
}

}  // namespace

BrowserAnswer AuthorizationResponse::error(const OAuthError& error) const {
    const OAuthError told = tellable(error);
    std::vector<Form::Field> fields{{"error", told.code}};
    if (!told.description.empty()) {
        fields.emplace_back("error_description", told.description);
    }
    return send(std::move(fields));
}

BrowserAnswer AuthorizationResponse::send(std::vector<Form::Field> fields) const {
    if (!replyTo_.state.empty()) {
        fields.emplace_back("state", replyTo_.state);
    }
    fields.emplace_back("iss", context_.issuer.url);
    add(fields);
    const auto written = modes_.write(replyTo_.mode, Answer(context_, client_, replyTo_, fields));
    if (!written) {
        return PageRenderer::error(language_, OAuthError::from(written.error()));
    }
    if (!written->location.empty()) {
        return goTo(written->location);
    }
    PageView page = view("form_post");
    page.postsTo = replyTo_.redirectUri;
    page.values.set("action", replyTo_.redirectUri);
    page.values.set("fields", inputsOf(written->fields));
    return BrowserAnswer::show(std::move(page));
}

void AuthorizationResponse::add(std::vector<Form::Field>& fields) const {
    if (additions_.members == nullptr || additions_.members->empty()) {
        return;
    }
    auto added = additions_.members->parameters(Answer(context_, client_, replyTo_, fields),
                                                additions_.sids);
    std::move(added.begin(), added.end(), std::back_inserter(fields));
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
