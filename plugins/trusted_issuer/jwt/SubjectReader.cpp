// SPDX-License-Identifier: Apache-2.0
#include "SubjectReader.h"

#include "json/Members.h"
#include "text/Contains.h"
#include "text/Listed.h"

#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view members[] = {"when", "clients", "person", "scopes", "audience"};
constexpr std::string_view personMembers[] = {"claim", "by", "store"};

/// Gathers what is wrong.
class Reading {
public:
    explicit Reading(const Config& config) : config_(config) {}

    Result<std::vector<AssertedSubject>> all() {
        for (const auto& [name, value] : config_.map("subjects")) {
            const auto path = "subjects." + name;
            if (value.map() == nullptr) {
                refuse(path, "is a map: {clients: [...], scopes: [...], ...}");
            } else {
                subjects_.push_back(subject(path, *value.map()));
            }
        }
        if (subjects_.empty() && problems_.empty()) {
            refuse("subjects", "is empty, so nothing that the issuer says would be believed");
        }
        return problems_.empty() ? Result<std::vector<AssertedSubject>>(std::move(subjects_))
                                 : Error::badInput(std::move(problems_));
    }

private:
    AssertedSubject subject(const std::string& path, const ValueMap& said) {
        refuseOthers(path, said, members);
        AssertedSubject subject;
        subject.when = objectOf(said, "when");
        subject.clients = texts(path, said, "clients");
        for (const auto& scope : texts(path, said, "scopes")) {
            subject.scopes.add(scope);
        }
        subject.audience = texts(path, said, "audience");
        subject.isPerson = said.contains("person");
        if (subject.isPerson) {
            subject.person = person(path + ".person", objectOf(said, "person"));
        }
        if (said.contains("when") && subject.when.empty()) {
            refuse(path + ".when", "is a map of claims and what they must say");
        }
        if (subject.clients.empty()) {
            refuse(path, "clients: names the clients that may show such an assertion");
        }
        if (!subject.isPerson && subject.when.empty()) {
            refuse(path, "when: says which of the issuer's services this is; otherwise all are");
        }
        return subject;
    }

    AssertedPerson person(const std::string& path, const ValueMap& said) {
        refuseOthers(path, said, personMembers);
        AssertedPerson person;
        if (said.contains("claim")) {
            person.claim = said.text("claim");
        }
        person.store = said.text("store");
        const auto by = said.text("by");
        person.isId = by == "id";
        if (by != "login" && by != "id") {
            refuse(path, "by: is login or id: what the claim holds");
        }
        if (person.isId && person.store.empty()) {
            refuse(path, "store: is the user store whose ids the claim holds");
        }
        return person;
    }

    template <class Names>
    void refuseOthers(const std::string& path, const ValueMap& said, const Names& known) {
        for (const auto& member : said) {
            if (!contains(known, member.name)) {
                refuse(path + "." + member.name, "is none of " + listed(known));
            }
        }
    }

    std::vector<std::string> texts(const std::string& path, const ValueMap& said,
                                   const std::string& name) {
        auto found = textsOf(said.find(name));
        if (said.contains(name) && found.empty()) {
            refuse(path + "." + name, "is a list of texts");
        }
        return found;
    }

    void refuse(const std::string& at, const std::string& why) {
        problems_.append(problems_.empty() ? "" : "\n").append(config_.place(at)).append(": ");
        problems_.append(at).append(": ").append(why);
    }

    const Config& config_;
    std::vector<AssertedSubject> subjects_;
    std::string problems_;
};

}  // namespace

Result<std::vector<AssertedSubject>> readSubjects(const Config& config) {
    return Reading(config).all();
}

}  // namespace gatehouse
