// SPDX-License-Identifier: Apache-2.0
// What lies at a client_id that is an address; the first line is the address.
#include "ClientDocument.h"
#include "DocumentUrl.h"
#include "Fuzz.h"
#include "json/Json.h"
#include "json/Members.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    const auto url = input.substr(0, input.find('\n'));
    const auto text = input.substr(std::min(url.size() + 1, input.size()));
    if (isDocumentUrl(url)) {
        ensure(!hostOfDocument(url).empty(), "an address has a host");
    }
    const std::vector<std::string> scopes{"openid", "mcp", "offline_access"};
    const auto read = readClientDocument(text, url, scopes);
    if (!read) {
        return;
    }
    ensure(read->text("client_id") == url, "it is the client's own");
    ensure(!read->contains("client_secret") && !read->contains("logo_uri"), "it has no secret");
    const auto method = read->text("token_endpoint_auth_method");
    ensure(method == "none" || method == "private_key_jwt", "it shares no secret");
    const auto again = readClientDocument(toJson(*read), url, scopes);
    ensure(!again || *again == *read, "what is written is read alike");
}

}  // namespace gatehouse::fuzz
