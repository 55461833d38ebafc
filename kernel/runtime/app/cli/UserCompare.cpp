// SPDX-License-Identifier: Apache-2.0
#include "app/cli/UserCompare.h"

#include "app/cli/Output.h"
#include "app/cli/UserDesk.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

constexpr std::size_t pageSize = 500;
/// So that two stores that have nothing in common need no memory.
constexpr std::size_t mostTold = 1000;
constexpr int notCompared = 2;

using Store = Host::Named<UserStore>;

void addIfOther(const ValueMap& one, const ValueMap& other, std::vector<std::string>& names) {
    for (const auto& claim : one) {
        const Value* same = other.find(claim.name);
        if (same == nullptr || *same != claim.value) {
            names.push_back(claim.name);
        }
    }
}

/// What is not the same, the id first: sites know people by it.
std::vector<std::string> differencesOf(const User& one, const User& other) {
    std::vector<std::string> names;
    addIfOther(one.claims, other.claims, names);
    addIfOther(other.claims, one.claims, names);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (one.isDisabled != other.isDisabled) {
        names.insert(names.begin(), "disabled");
    }
    if (one.id != other.id) {
        names.insert(names.begin(), "id");
    }
    return names;
}

class Comparison {
public:
    Comparison(const Arguments& arguments, const UserDesk& desk)
        : desk_(desk), isJson_(arguments.has("json")), first_(desk.named(arguments.positional[0])),
          second_(desk.named(arguments.positional[1])) {}

    int run() {
        const bool isFirstListed = list(first_, second_, true);
        // Whoever is in both has been compared then.
        const bool isSecondListed = list(second_, first_, !isFirstListed);
        if (!isFirstListed && !isSecondListed) {
            fail(Error::badInput("neither user store can be listed"));
        }
        const std::string unlisted = !isFirstListed    ? first_.name
                                     : !isSecondListed ? second_.name
                                                       : std::string{};
        summarize(unlisted);
        return differences_ == 0 ? ExitCode::done : ExitCode::failed;
    }

private:
    bool list(const Store& store, const Store& other, bool isCompared) {
        const UserLister* lister = UserDesk::lister(store);
        std::string after;
        while (lister != nullptr) {
            const auto page = valueOrFail(lister->list(desk_.context(), after, pageSize));
            for (const auto& user : page.users) {
                look(store, other, user, isCompared);
            }
            after = page.next;
            if (after.empty()) {
                return true;
            }
        }
        return false;
    }

    void look(const Store& store, const Store& other, User user, bool isCompared) {
        auto found = valueOrFail(other.plugin->findByLogin(desk_.context(), user.login));
        if (!found) {
            tell({{"login", user.login}, {"only_in", store.name}},
                 user.login + ": only in " + store.name);
            return;
        }
        if (!isCompared) {
            return;
        }
        ++inBoth_;
        user.isDisabled = desk_.isDisabled(store, user);
        found->isDisabled = desk_.isDisabled(other, *found);
        const auto names = differencesOf(user, *found);
        if (!names.empty()) {
            tell({{"login", user.login}, {"differs", ValueList(names.begin(), names.end())}},
                 user.login + ": " + joined(names));
        }
    }

    void tell(ValueMap told, const std::string& line) {
        if (++differences_ > mostTold) {
            return;
        }
        if (isJson_) {
            told_.emplace_back(std::move(told));
        } else {
            printLine(line);
        }
    }

    void summarize(const std::string& unlisted) {
        const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
        if (isJson_) {
            printJson(ValueMap{{"in_both", number(inBoth_)},
                               {"differences", number(differences_)},
                               {"not_listed", unlisted},
                               {"people", std::move(told_)}});
            return;
        }
        if (differences_ > mostTold) {
            printError("and " + std::to_string(differences_ - mostTold) + " more");
        }
        if (!unlisted.empty()) {
            printError(unlisted + " cannot be listed: who is only there is not known");
        }
        printError(std::to_string(inBoth_) + " people in both, " + std::to_string(differences_) +
                   " differences");
    }

    const UserDesk& desk_;
    const bool isJson_;
    const Store first_;
    const Store second_;
    std::size_t inBoth_ = 0;
    std::size_t differences_ = 0;
    ValueList told_;
};

/// That people differ must not look like a comparison that did not come about.
int compare(const Arguments& arguments) {
    try {
        const UserDesk desk(arguments);
        return Comparison(arguments, desk).run();
    } catch (const CommandFailure& failure) {
        if (failure.exitCode != ExitCode::failed) {
            throw;
        }
        throw CommandFailure{notCompared, failure.text};
    }
}

}  // namespace

Command userCompareCommand() {
    return {"user compare",
            "STORE STORE",
            "tell how two user stores differ, before one takes the other's place",
            "Who is only in one, and of whom the id, the claims (groups too) or whether they are "
            "kept out is not the same; 1000 are named, all are counted. Sites know people by the "
            "id and by the name of the store, so a store that takes another's place needs both. A "
            "store that cannot be listed is asked about everybody in the other one. The exit code "
            "is 0 when nothing differs, 1 when something does, and 2 or more when they could not "
            "be compared.",
            {},
            "gatehouse user compare old new --json",
            compare};
}

}  // namespace gatehouse
