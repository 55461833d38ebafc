// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include "Trial.h"

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace gatehouse {

/// What beds of a plugin that is loaded have in common. CppUnit makes beds out of nothing, so the
/// trial is there for all.
class LoadedBed {
public:
    static void setTrial(Trial& trial) noexcept { given() = &trial; }

protected:
    template <class P> static std::unique_ptr<P> started(Host& host) {
        auto plugin = given()->start(host);
        auto* made = dynamic_cast<P*>(plugin.get());
        if (made == nullptr) {
            throw std::runtime_error("it is not what its name says");
        }
        (void)plugin.release();
        return std::unique_ptr<P>(made);
    }
    /// A member of the trial's file; empty when it is not there.
    static ValueMap known(std::string_view name) {
        const Value* found = given()->known().find(name);
        return found == nullptr || found->map() == nullptr ? ValueMap{} : *found->map();
    }
    /// A member of the trial's file that is a list.
    static ValueList knownList(std::string_view name) {
        const Value* found = given()->known().find(name);
        return found == nullptr || found->list() == nullptr ? ValueList{} : *found->list();
    }
    /// A file that the trial's names, from its own folder; empty: it names none.
    static std::filesystem::path knownFile(std::string_view name) {
        const auto text = given()->known().text(name);
        return text.empty() ? std::filesystem::path()
                            : std::filesystem::path(given()->file()).parent_path() / text;
    }
    static Form knownForm(std::string_view name) {
        std::vector<Form::Field> fields;
        for (const auto& [field, value] : known(name)) {
            const bool isNumber = value.integer() != nullptr;
            fields.emplace_back(field, isNumber                  ? std::to_string(*value.integer())
                                       : value.text() != nullptr ? *value.text()
                                                                 : std::string());
        }
        return Form(std::move(fields));
    }

private:
    static Trial*& given() noexcept {
        static Trial* trial = nullptr;
        return trial;
    }
};

}  // namespace gatehouse
