// SPDX-License-Identifier: Apache-2.0
// The Accept fields of an introspection request; a line break in the input begins another one.
#include "AcceptField.h"
#include "Fuzz.h"
#include "text/Lower.h"

#include <algorithm>
#include <string>

namespace gatehouse::fuzz {

void run(std::string_view input) {
    constexpr std::string_view type = "application/token-introspection+jwt";
    HttpRequest request;
    while (!input.empty()) {
        const auto line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(line.size() + 1, input.size()));
        request.headers.push_back({"accept", std::string(line)});
    }
    const bool asks = asksFor(request, type);
    std::string all;
    for (const auto& field : request.headers) {
        all += lowered(field.value) + ",";
    }
    ensure(!asks || all.find(type) != std::string::npos, "what is asked for is named");
    HttpRequest joined;
    joined.headers.push_back({"accept", all});
    ensure(asksFor(joined, type) == asks, "several fields are one list");
    joined.headers.front().value = std::string(type) + "," + all;
    joined.headers.push_back({"accept", "application/json;q=0"});
    ensure(all.find("json") != std::string::npos || all.find('*') != std::string::npos ||
               asksFor(joined, type),
           "who names it first and no other gets it");
}

}  // namespace gatehouse::fuzz
