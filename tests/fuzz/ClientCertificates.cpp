// SPDX-License-Identifier: Apache-2.0
// What a client registers of its certificate in the first line, and the certificate (DER) behind
// it.
#include <gatehouse/testkit/FakeContext.h>

#include "Fuzz.h"
#include "RegisteredCertificates.h"
#include "SubjectMember.h"
#include "SubjectMembers.h"
#include "TrustAnchors.h"
#include "crypto/CertificateList.h"

#include <algorithm>
#include <string>

namespace gatehouse::fuzz {

void run(std::string_view input) {
    constexpr std::size_t longestChain = 32;
    const auto said = input.substr(0, input.find('\n'));
    input.remove_prefix(std::min(input.size(), said.size() + 1));
    const auto chain = certificatesIn(input, longestChain);
    const SubjectMembers rule;
    for (const auto& member : subjectMembers()) {
        const bool isGood = member.isGood(said);
        const ValueMap metadata{{std::string(member.name), std::string(said)}};
        ensure(bool(rule.admit(testkit::FakeContext(), metadata)) == isGood, "admitted as it is");
        for (const auto& certificate : chain) {
            (void)member.names(*certificate, said);
        }
    }
    if (chain.empty()) {
        return;
    }
    static const auto noAnchors = TrustAnchors::read(derOf(*chain.front()), "none");
    ensure(!noAnchors, "DER is no PEM");
    const ValueMap key{{"x5t#S256", std::string(said)}};
    (void)isRegistered(*chain.front(), ValueMap{{"keys", ValueList{key}}});
}

}  // namespace gatehouse::fuzz
