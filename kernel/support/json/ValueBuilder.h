// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <Poco/JSON/Handler.h>
#include <Poco/Types.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// Builds a Value from what Poco's parser reports; throws Poco::Exception at a name that stands
/// twice.
class ValueBuilder final : public Poco::JSON::Handler {
public:
    void reset() override;
    void startObject() override;
    void endObject() override;
    void startArray() override;
    void endArray() override;
    void key(const std::string& name) override;
    void null() override;
    void value(int number) override;
    void value(unsigned number) override;
    void value(Poco::Int64 number) override;
    void value(Poco::UInt64 number) override;
    void value(const std::string& text) override;
    void value(double number) override;
    void value(bool truth) override;

    /// The one value built.
    std::optional<Value> take();

private:
    /// A container not yet closed, and the name its next member gets.
    struct Open {
        Value container;
        std::string name;
    };

    void close();
    void add(Value value);

    std::vector<Open> open_;
    std::optional<Value> root_;
};

}  // namespace gatehouse
