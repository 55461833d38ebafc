// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ImportFormat.h>

#include <string>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Keeps what it is given; fails from `most` people and clients on.
class FakeArrivals final : public Arrivals {
public:
    Status add(ForeignPerson person) override {
        people.push_back(std::move(person));
        return verdict();
    }
    Status add(ForeignClient client) override {
        clients.push_back(std::move(client));
        return verdict();
    }
    void leave(std::string_view kind, std::string_view name, std::string_view why) override {
        left.push_back(std::string(kind).append(" ").append(name).append(" ").append(why));
    }
    void remark(std::string_view kind, std::string_view name, std::string_view what) override {
        remarks.push_back(std::string(kind).append(" ").append(name).append(" ").append(what));
    }

    std::vector<ForeignPerson> people;
    std::vector<ForeignClient> clients;
    std::vector<std::string> left;
    std::vector<std::string> remarks;
    std::size_t most = static_cast<std::size_t>(-1);

private:
    Status verdict() const {
        return people.size() + clients.size() < most ? done()
                                                     : Status(Error::unavailable("no more today"));
    }
};

}  // namespace gatehouse::testkit
