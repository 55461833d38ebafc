// SPDX-License-Identifier: Apache-2.0
#include "HttpUserStore.h"

#include "PersonText.h"
#include "json/JsonWriter.h"
#include "passwords/LoginName.h"
#include "text/Lower.h"
#include "text/MaxAge.h"
#include "text/Utf8.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t mostAnswer = 32'768;
constexpr std::size_t longestId = 255;
constexpr seconds longestMemory{3600};
constexpr int good = 200;

bool isHeaderText(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// JSON would make another text of anything else.
bool isTellable(std::string_view text) {
    return isUtf8(text) && text.find('\0') == std::string_view::npos;
}

bool isJson(std::string_view contentType) {
    auto type = lowered(contentType.substr(0, contentType.find(';')));
    type.erase(type.find_last_not_of(" \t") + 1);
    return type == "application/json";
}

seconds freshnessOf(std::string_view cacheControl) {
    const auto said = lowered(cacheControl);
    const bool isForbidden =
        said.find("no-store") != std::string::npos || said.find("no-cache") != std::string::npos;
    return isForbidden ? seconds{0}
                       : std::clamp(maxAgeOf(said).value_or(seconds{0}), seconds{0}, longestMemory);
}

/// That the operator's rules refuse the service is not the person's fault.
Error away(Error error) {
    error.fault = error.isTemporary() ? error.fault : Fault::unavailable;
    return error;
}

}  // namespace

Status HttpUserStore::configure(const Config& config, Host& host) {
    host_ = &host;
    calls_ = &host.http().purpose("user_store");
    url_ = config.text("url");
    url_.erase(url_.find_last_not_of('/') + 1);
    secret_ = config.secret("secret");
    timeout_ = config.duration("timeout");
    isCaseIgnored_ = config.text("login_case") == "ignored";
    lookups_ = std::make_unique<Bulkhead>(config.number("lookups"));
    checks_ = std::make_unique<Bulkhead>(config.number("checks"));
    memory_ = std::make_unique<PersonMemory>(host.clock(),
                                             static_cast<std::size_t>(config.number("remembered")));
    if (url_.find_first_of("?#") != std::string::npos) {
        return Error::badInput(config.place("url") +
                               ": url must have no query and no fragment: /find and /check are "
                               "appended to it");
    }
    return isHeaderText(secret_.view())
               ? done()
               : Error::badInput(config.place("secret") +
                                 ": secret must be printable ASCII characters without blanks");
}

Result<std::optional<User>> HttpUserStore::findByLogin(const Context& context,
                                                       std::string_view login) const {
    return trimmedLogin(login) ? find(context, "login", spelling(login))
                               : Result<std::optional<User>>{std::optional<User>{}};
}

Result<std::optional<User>> HttpUserStore::findById(const Context& context,
                                                    std::string_view id) const {
    const bool isId = !id.empty() && id.size() <= longestId && isTellable(id);
    return isId ? find(context, "id", std::string(id))
                : Result<std::optional<User>>{std::optional<User>{}};
}

std::string HttpUserStore::spelling(std::string_view login) const {
    return isCaseIgnored_ ? spellingOf(login) : spellingInItsCase(login);
}

Result<std::optional<User>> HttpUserStore::checkPassword(const Context& context,
                                                         std::string_view login,
                                                         const Secret& password) const {
    const bool isUsable = trimmedLogin(login) && !password.empty() &&
                          password.view().size() <= longestPassword && isTellable(password.view());
    if (!isUsable) {
        return std::optional<User>{};
    }
    const auto spelled = spelling(login);
    auto body = JsonWriter().text("login", spelled).text("password", password.view()).finish();
    auto told = ask(context, *checks_, {"/check", std::move(body), "login", spelled});
    if (!told) {
        return told.error();
    }
    const bool isIn = told->person && !told->person->isDisabled;
    return isIn ? std::move(told->person) : std::nullopt;
}

Result<std::optional<User>> HttpUserStore::find(const Context& context, const char* by,
                                                const std::string& value) const {
    const auto key = std::string(by) + ":" + value;
    if (auto known = memory_->find(key)) {
        return *std::move(known);
    }
    auto told =
        ask(context, *lookups_, {"/find", JsonWriter().text(by, value).finish(), by, value});
    if (!told) {
        return told.error();
    }
    memory_->note(key, told->person, told->fresh);
    return std::move(told->person);
}

Result<HttpUserStore::Told> HttpUserStore::ask(const Context& context, Bulkhead& bulkhead,
                                               const Question& question) const {
    const Bulkhead::Turn turn(bulkhead);
    if (!turn.isOurs()) {
        return Error::unavailable(url_ + question.path + " is asked by as many as may");
    }
    OutgoingRequest request;
    request.method = "POST";
    request.url = url_ + question.path;
    request.headers = {{"Content-Type", "application/json"},
                       {"Accept", "application/json"},
                       {"Authorization", std::string("Bearer ").append(secret_.view())}};
    request.body = question.body;
    request.mostBytes = mostAnswer;
    Context patient = context;
    patient.deadline = std::min(context.deadline, host_->clock().steady() + timeout_);
    const auto answer = calls_->send(patient, request);
    if (!answer) {
        return away(answer.error());
    }
    auto told = read(*answer, question);
    return told ? std::move(told)
                : Result<Told>{Error::unavailable(request.url + " " + told.error().detail)};
}

Result<HttpUserStore::Told> HttpUserStore::read(const OutgoingAnswer& answer,
                                                const Question& question) const {
    // Also 404, which any server says: nobody is {"person": null}.
    if (answer.status != good) {
        return Error::unavailable("answered " + std::to_string(answer.status));
    }
    if (!isJson(answer.header("content-type"))) {
        return Error::unavailable("answered something else than JSON");
    }
    auto person = personFrom(answer.body);
    if (!person) {
        return person.error();
    }
    const bool isByLogin = std::string_view(question.by) == "login";
    const auto isMeant = [&](const User& user) {
        return isByLogin ? spelling(user.login) == question.value : user.id == question.value;
    };
    if (*person && !isMeant(**person)) {
        // A service that ignores case where it matters must not tell by that who there is.
        if (!isByLogin || spellingOf((*person)->login) != spellingOf(question.value)) {
            return Error::unavailable("answered about another person");
        }
        person = std::optional<User>{};
    }
    return Told{*std::move(person), freshnessOf(answer.header("cache-control"))};
}

namespace {

constexpr Field fields[] = {
    {"url", Kind::url, required, "the service; it is asked by POST at url/find and url/check"},
    {"secret", Kind::secret, required, "that each question shows as a bearer token, in ASCII",
     between(24, 512)},
    {"login_case", Kind::text, byDefault("matters"),
     "whether Ada and ada are two; ignored: the service is asked in small letters",
     oneOf("matters|ignored")},
    {"timeout", Kind::duration, byDefault("3s"), "longest time a question may take",
     between(100, 30000)},
    {"checks", Kind::number, byDefault("5"),
     "passwords that are asked about at once; more are answered with 503", between(1, 1000)},
    {"lookups", Kind::number, byDefault("3"),
     "people who are looked up at once; more are answered with 503", between(1, 1000)},
    {"remembered", Kind::number, byDefault("1000"),
     "people who are remembered as long as Cache-Control of the answer says, 1h at most; 0: none",
     between(0, 100000)},
};

}  // namespace

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::HttpUserStore, "http", "0.1.0",
                 "Users behind a service of yours, asked by JSON", gatehouse::fields)
