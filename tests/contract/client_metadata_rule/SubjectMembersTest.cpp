// SPDX-License-Identifier: Apache-2.0
#include "SubjectMembers.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {

namespace {

struct SubjectMembersBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() { return std::make_unique<SubjectMembers>(); }
    ValueMap good() { return {{"tls_client_auth_subject_dn", "CN=shop, O=Acme, C=DE"}}; }
    std::vector<ValueMap> bad() {
        std::vector<ValueMap> all{
            {{"token_endpoint_auth_method", "tls_client_auth"}},
            {{"tls_client_auth_subject_dn", "CN=shop"}, {"tls_client_auth_san_dns", "a.example"}},
            {{"tls_client_auth_san_ip", 7}}};
        const auto add = [&all](const char* member, std::initializer_list<const char*> values) {
            for (const auto* value : values) {
                all.push_back({{member, value}});
            }
        };
        add("tls_client_auth_subject_dn", {"", "shop", "/CN=shop", "CN=\"shop\""});
        add("tls_client_auth_san_dns", {"", "*.example", "192.0.2.7", "[::1]", "a b", "https://a"});
        add("tls_client_auth_san_uri", {"", "shop", "a:", ":a", "urn:a b"});
        add("tls_client_auth_san_ip", {"", "192.0.2.256", "192.0.2.0/24", "[::1]", "shop.example"});
        add("tls_client_auth_san_email", {"", "shop", "@a.example", "a@", "a@b c", "a@[::1]"});
        return all;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<SubjectMembersBed>);

}  // namespace gatehouse
