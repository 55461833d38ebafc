// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ImportFormat.h>

#include "app/cli/ImportReport.h"
#include "app/cli/ImportedKeys.h"
#include "app/cli/Offline.h"

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace gatehouse {

class UserStore;
struct Client;

struct ImportWish {
    std::string store;  ///< empty: the first that takes people
    bool isDry;
    bool isWithoutSecondFactor;
};

/// Takes in what a format reads, many in one commit, and reports what becomes of it.
class ImportRun final : public Arrivals {
public:
    /// `onward` hears how many people have been read, now and then.
    ImportRun(const Offline& offline, ImportWish wish, ImportReport& report,
              std::function<void(std::size_t)> onward);

    Status add(ForeignPerson person) override;
    Status add(ForeignClient client) override;
    void leave(std::string_view kind, std::string_view name, std::string_view why) override {
        report_.leave(kind, name, why);
    }
    void remark(std::string_view kind, std::string_view name, std::string_view what) override {
        report_.remark(kind, name, what);
    }
    /// After the last one.
    Status finish();

private:
    bool isLeft(const ForeignPerson& person);
    Status admit(ForeignPerson person, const std::vector<std::string>& without);
    Result<std::string> subjectProblem(const User& user) const;
    Result<bool> takeKey(ForeignPerson& person);
    Status giveKeyBack(const User& user) const;
    bool isSeen(std::string_view what, std::string_view text);
    bool isRead(std::string_view what, std::string_view text) const;
    Status insert(const Client& client);
    Status isSubjectFree(const std::string& id) const;
    void remarkOn(const ForeignPerson& person, const std::vector<std::string>& without);
    Status takeEach();
    Status stayAway(const Newcomer& newcomer, const std::string& why);

    Status add(const ForeignClient& foreign, const std::string& id);
    void prune(ValueMap& metadata, const std::string& member, const std::string& id);

    const Offline& offline_;
    const ImportWish wish_;
    ImportReport& report_;
    std::function<void(std::size_t)> onward_;
    const ImportedKeys keys_;
    UserStore* store_ = nullptr;
    std::string storeName_;
    TakesPeople* taking_ = nullptr;
    std::vector<Newcomer> pending_;
    std::map<std::string, ForeignTotpKey> pendingKeys_;  ///< by the id
    std::unordered_set<std::size_t> seen_;  ///< hashes of logins and ids
    std::set<std::string> clients_;
    std::set<std::string> coming_;  ///< of the clients
    std::size_t people_ = 0;
};

}  // namespace gatehouse
