// SPDX-License-Identifier: Apache-2.0
// Members of client metadata that no rule of ours has: which door a client comes in by. What it
// calls the member, which doors there are, and whether it throws, a setting says. Against the SDK
// alone.
#include <gatehouse/Config.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace {

using namespace gatehouse;

class DoorRule final : public ClientMetadataRule {
public:
    Status configure(const Config& config, Host& /*host*/) override {
        member_ = config.text("member");
        doors_ = config.list("doors");
        throws_ = config.boolean("throws");
        return done();
    }
    std::vector<std::string_view> members() const override { return {member_}; }

    Status admit(const Context&, const ValueMap& metadata) const override {
        if (throws_) {
            throw std::runtime_error("the door is stuck");
        }
        const Value* door = metadata.find(member_);
        if (door == nullptr || door->isNull()) {
            return done();
        }
        const bool isKnown = door->text() != nullptr &&
                             std::find(doors_.begin(), doors_.end(), *door->text()) != doors_.end();
        return isKnown ? done() : Error::badInput(member_ + ": there is no such door");
    }

    void describe(const Issuer&, ValueMap& metadata) const override {
        metadata.set(member_ + "s_supported", ValueList(doors_.begin(), doors_.end()));
    }

private:
    std::string member_;
    std::vector<std::string> doors_;
    bool throws_ = false;
};

constexpr Field fields[] = {
    {"member", Kind::text, byDefault("door"), "what it calls the member"},
    {"doors", Kind::list, byDefault("front, back"), "those there are"},
    {"throws", Kind::boolean, byDefault("false"), "whether it throws"},
};

}  // namespace

GATEHOUSE_PLUGIN(DoorRule, "door", "1.0.0", "Which door a client comes in by", fields)
