// SPDX-License-Identifier: Apache-2.0
// Form bodies, queries, and the Authorization header of a resource request.
#include "Fuzz.h"
#include "text/FormText.h"
#include "text/Utf8.h"
#include "web/Answer.h"

#include <algorithm>
#include <string>

namespace gatehouse::fuzz {

namespace {

void checkField(const Form::Field& field) {
    for (const auto& text : {field.first, field.second}) {
        ensure(isUtf8(text), "names and values are UTF-8");
        ensure(text.find('\0') == std::string::npos, "names and values have no NUL");
    }
}

void checkForm(const Form& form) {
    std::for_each(form.fields().begin(), form.fields().end(), checkField);
    const auto written = writeForm(form.fields());
    ensure(std::all_of(written.begin(), written.end(), [](char c) { return c > 0x20 && c < 0x7f; }),
           "what is written is visible ASCII");
    const auto again = parseForm(written);
    ensure(again && again->fields() == form.fields(), "what is written is read as the same fields");
}

void checkToken(const Result<std::string, OAuthError>& token) {
    ensure(!token || (!token->empty() &&
                      token->find_first_of(std::string("\0\r\n\t \"", 6)) == std::string::npos),
           "a bearer token is a word");
}

}  // namespace

void run(std::string_view input) {
    const auto form = parseForm(input);
    if (form) {
        checkForm(*form);
    }
    HttpRequest request;
    request.method = "POST";
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    request.body = input;
    const auto body = readForm(request);
    ensure(!body || form, "what readForm() takes is a form");
    for (const auto& field : body ? body->fields() : std::vector<Form::Field>{}) {
        ensure(field.first == "resource" || body->count(field.first) == 1,
               "no parameter but resource twice in a body");
    }
    checkToken(bearerToken(request));
    request.headers.push_back({"authorization", std::string(input)});
    checkToken(bearerToken(request));
    request.headers = {{"authorization", "Bearer " + std::string(input)}};
    checkToken(bearerToken(request));
}

}  // namespace gatehouse::fuzz
