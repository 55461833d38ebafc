// SPDX-License-Identifier: Apache-2.0
#include "TokenCommands.h"

#include <gatehouse/Scope.h>

#include "json/Members.h"
#include "text/Rfc3339.h"

#include <charconv>
#include <string>

namespace gatehouse {

namespace {

constexpr std::int64_t mostUses = 1'000'000;
constexpr std::int64_t mostDays = 3650;

std::vector<std::string> given(const GivenArguments& arguments, std::string_view option) {
    return textsOf(arguments.options.find(option));
}

Result<std::int64_t> numberIn(const GivenArguments& arguments, std::string_view option,
                              std::int64_t otherwise, std::int64_t most) {
    const auto texts = given(arguments, option);
    if (texts.empty()) {
        return otherwise;
    }
    const std::string& text = texts.back();
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = problem == std::errc() && end == text.data() + text.size();
    return isNumber && number >= 1 && number <= most
               ? Result<std::int64_t>(number)
               : Error::badInput("--" + std::string(option) + " is a number from 1 to " +
                                 std::to_string(most));
}

/// Each may hold several, with blanks between.
std::vector<std::string> wordsOf(const std::vector<std::string>& texts) {
    std::vector<std::string> words;
    for (const auto& text : texts) {
        const auto scopes = ScopeSet::parse(text);
        words.insert(words.end(), scopes.begin(), scopes.end());
    }
    return words;
}

ValueMap described(const InitialToken& token) {
    return {{"id", token.id},
            {"left", token.left},
            {"used", token.used},
            {"created", rfc3339Second(token.created)},
            {"expires", rfc3339Second(token.expires)},
            {"scopes", listOfTexts(token.policy.scopes)},
            {"grants", listOfTexts(token.policy.grants)},
            {"redirect_hosts", listOfTexts(token.policy.redirectHosts)},
            {"note", token.note}};
}

Result<Value> create(Host& host, const Context& context, const GivenArguments& arguments) {
    const auto uses = numberIn(arguments, "uses", 1, mostUses);
    const auto days = numberIn(arguments, "days", 7, mostDays);
    if (!uses || !days) {
        return uses ? days.error() : uses.error();
    }
    InitialToken wish;
    wish.left = *uses;
    wish.expires = host.clock().now() + seconds{*days * 86'400};
    wish.policy = {wordsOf(given(arguments, "scope")), given(arguments, "grant"),
                   given(arguments, "redirect-host")};
    if (auto good = wish.policy.check(); !good) {
        return good.error();
    }
    const auto notes = given(arguments, "note");
    wish.note = notes.empty() ? "" : notes.back();
    const auto made = InitialTokens(host).make(context, std::move(wish));
    if (!made) {
        return made.error();
    }
    ValueMap told = described(made->token);
    told.set("token", made->text);
    return Value(std::move(told));
}

Result<Value> list(Host& host, const Context& context) {
    const auto tokens = InitialTokens(host).list(context);
    if (!tokens) {
        return tokens.error();
    }
    ValueList rows;
    for (const auto& token : *tokens) {
        rows.emplace_back(described(token));
    }
    return Value(std::move(rows));
}

Result<Value> revoke(Host& host, const Context& context, const std::string& id) {
    const auto revoked = InitialTokens(host).revoke(context, id);
    if (!revoked) {
        return revoked.error();
    }
    return *revoked ? Result<Value>(ValueMap{{"id", id}, {"revoked", true}})
                    : Error::badInput("no initial access token \"" + id +
                                      "\"; see registration-token list");
}

}  // namespace

std::vector<OfferedCommand> tokenCommands() {
    return {
        {"registration-token create",
         "",
         "make an initial access token, with which clients register themselves",
         "It is shown this once; only its hash is kept. What it says of scopes, grants and hosts "
         "stands in place of what module.registration allows.",
         {{"uses", "NUMBER", "how many clients may be registered with it; 1 when not given"},
          {"days", "NUMBER", "how long it is good; 7 when not given"},
          {"scope", "\"A B\"", "scopes that its clients may have"},
          {"grant", "TYPE", "a grant that its clients may use; once for each"},
          {"redirect-host", "HOST",
           "a host of their redirect URIs, or *.HOST for all below; once for each"},
          {"note", "TEXT", "whom it is for"}},
         "gatehouse registration-token create --uses 20 --redirect-host '*.partner.example'"},
        {"registration-token list",
         "",
         "list the initial access tokens that have not expired",
         "",
         {},
         ""},
        {"registration-token revoke",
         "ID",
         "take an initial access token away",
         "Clients that were registered with it stay.",
         {},
         ""},
    };
}

Result<Value> runTokenCommand(Host& host, const Context& context, std::string_view name,
                              const GivenArguments& arguments) {
    if (name == "registration-token create") {
        return create(host, context, arguments);
    }
    return name == "registration-token list" ? list(host, context)
                                             : revoke(host, context, arguments.positional.front());
}

}  // namespace gatehouse
