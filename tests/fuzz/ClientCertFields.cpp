// SPDX-License-Identifier: Apache-2.0
// What a proxy says of its client's certificate: one line each of Client-Cert and
// Client-Cert-Chain.
#include "Fuzz.h"
#include "crypto/CertificateList.h"
#include "http/ClientCertField.h"
#include "text/Base64.h"

#include <algorithm>
#include <string>

namespace gatehouse::fuzz {

void run(std::string_view input) {
    HttpRequest request;
    while (!input.empty()) {
        const auto line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(input.size(), line.size() + 1));
        request.headers.push_back(
            {request.headers.empty() ? "client-cert" : "client-cert-chain", std::string(line)});
    }
    const auto chain = clientCertificateIn(request);
    if (chain == nullptr) {
        return;
    }
    ensure(!chain->empty(), "a chain is never empty");
    for (const auto& der : *chain) {
        ensure(certificatesIn(der, 1).size() == 1, "only certificates are in it");
    }
    if (request.headers.front().value.front() != ':') {
        return;
    }
    std::string again(1, ':');
    again.append(base64(chain->front())).append(":");
    ensure(request.headers.front().value == again, "there is one way to write it");
}

}  // namespace gatehouse::fuzz
