// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/AnswerMemberContract.h>
#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/ClientSourceContract.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/ResponseModeContract.h>
#include <gatehouse/testkit/ResponseTypeContract.h>

#include "LoadedBed.h"
#include "Suites.h"

namespace gatehouse {

namespace {

template <class P> struct Loaded : testkit::HostBed, LoadedBed {
    std::unique_ptr<P> make() { return started<P>(host); }
};

struct LoadedMetadataRule : Loaded<ClientMetadataRule> {
    static ValueMap good() { return known("good"); }
    static std::vector<ValueMap> bad() {
        std::vector<ValueMap> all;
        for (const auto& each : knownList("bad")) {
            all.push_back(each.map() == nullptr ? ValueMap{} : *each.map());
        }
        return all;
    }
};

struct LoadedClientSource : Loaded<ClientSource> {
    static std::string known() { return std::string(LoadedBed::known("clients").text("known")); }
    static std::string unknown() {
        return std::string(LoadedBed::known("clients").text("unknown"));
    }
};

struct LoadedResponseType : Loaded<ResponseType> {
    static Form good() { return knownForm("good"); }
};

template <class Contract> std::unique_ptr<CppUnit::Test> suite() {
    return std::unique_ptr<CppUnit::Test>(Contract::suite());
}

}  // namespace

std::unique_ptr<CppUnit::Test> answerMemberSuite() {
    return suite<testkit::AnswerMemberContract<Loaded<AnswerMember>>>();
}
std::unique_ptr<CppUnit::Test> clientMetadataRuleSuite() {
    return suite<testkit::ClientMetadataRuleContract<LoadedMetadataRule>>();
}
std::unique_ptr<CppUnit::Test> clientSourceSuite() {
    return suite<testkit::ClientSourceContract<LoadedClientSource>>();
}
std::unique_ptr<CppUnit::Test> responseModeSuite() {
    return suite<testkit::ResponseModeContract<Loaded<ResponseMode>>>();
}
std::unique_ptr<CppUnit::Test> responseTypeSuite() {
    return suite<testkit::ResponseTypeContract<LoadedResponseType>>();
}

}  // namespace gatehouse
