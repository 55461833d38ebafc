// SPDX-License-Identifier: Apache-2.0
// People who can never be asked about: the store is away. Against the SDK alone.
#include <gatehouse/point/UserStore.h>

namespace {

using namespace gatehouse;

class AbsentPeople final : public UserStore {
public:
    Result<std::optional<User>> findByLogin(const Context&, std::string_view) const override {
        return Error::unavailable("it is away");
    }
    Result<std::optional<User>> findById(const Context&, std::string_view) const override {
        return Error::unavailable("it is away");
    }
    Result<std::optional<User>> checkPassword(const Context&, std::string_view,
                                              const Secret&) const override {
        return Error::unavailable("it is away");
    }
};

}  // namespace

GATEHOUSE_PLUGIN(AbsentPeople, "absent", "1", "People who cannot be asked about")
