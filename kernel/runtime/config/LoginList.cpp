// SPDX-License-Identifier: Apache-2.0
#include "config/LoginList.h"

#include "config/CheckedConfig.h"
#include "config/Configuration.h"
#include "config/PluginList.h"
#include "text/Suggest.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* label = "login";
constexpr const char* whenLabel = "login: when";

constexpr Field fields[] = {
    {"step", Kind::text, optional, "name of a login step that must be passed"},
    {"any_of", Kind::list, optional,
     "names of login steps of which one must be passed, the preferred first"},
    {"remember", Kind::duration, optional,
     "who ticks it is not asked in that browser again for so long",
     between(2LL * 86'400'000, 365LL * 86'400'000)},
    {"offer", Kind::text, optional, "name of a login step that a person may leave for later"},
};

constexpr Field conditions[] = {
    {"acr", Kind::text, optional, "the site wants this acr, and it is not reached yet",
     oneOf("urn:gatehouse:acr:one-factor|urn:gatehouse:acr:two-factors")},
    {"client", Kind::list, optional, "ids of clients: the person is on the way to one of them"},
    {"group", Kind::list, optional, "groups: the person's claim `groups` has one of them"},
    {"enrolled", Kind::list, optional, "names of login steps: the person has set up one of them"},
    {"new_browser", Kind::boolean, optional,
     "true: the person was not the last to sign in in this browser"},
};

/// Reads one entry; what it names must be there.
class Entry {
public:
    Entry(const std::vector<std::string>& steps, Problems& problems)
        : steps_(steps), problems_(problems) {}

    void read(ConfigNode node, LoginPlan& plan) {
        const auto when = node.take("when");
        const auto checked =
            CheckedConfig::check(fields, {label, label, node.place(), &node, {"when"}}, problems_);
        LoginStage stage;
        int kinds = 0;
        for (const char* name : {"step", "offer"}) {
            if (checked.has(name)) {
                ++kinds;
                stage.steps = {checked.text(name)};
                stage.isOffered = std::string_view(name) == "offer";
                checkNames(stage.steps, checked.placeOf(name));
            }
        }
        if (checked.has("any_of")) {
            ++kinds;
            stage.steps = checked.list("any_of");
            checkNames(stage.steps, checked.placeOf("any_of"));
        }
        if (kinds != 1 || stage.steps.empty()) {
            problems_.add(node.place(), "login: an entry says one of step, any_of and offer");
        }
        if (when) {
            readWhen(*when, stage.when);
        }
        stage.remember = std::chrono::duration_cast<seconds>(checked.duration("remember"));
        if (checked.has("remember") && (stage.isOffered || !stage.when.acr.empty())) {
            problems_.add(
                checked.placeOf("remember"),
                "login: remember goes with step and any_of, and with no `when` of an acr: a "
                "site that asks for more gets it");
        }
        plan.push_back(std::move(stage));
    }

private:
    void readWhen(const ConfigNode& node, LoginCondition& when) {
        if (!node.isMap()) {
            problems_.add(node.place(), "login: when: a map is wanted, such as {client: shop}");
            return;
        }
        const auto checked = CheckedConfig::check(
            conditions, {whenLabel, whenLabel, node.place(), &node}, problems_);
        when.acr = checked.text("acr");
        when.clients = checked.list("client");
        when.groups = checked.list("group");
        when.enrolled = checked.list("enrolled");
        checkNames(when.enrolled, checked.placeOf("enrolled"));
        if (checked.has("new_browser")) {
            when.isNewBrowser = checked.boolean("new_browser");
        }
    }

    void checkNames(const std::vector<std::string>& names, const Place& place) {
        for (const auto& name : names) {
            if (std::find(steps_.begin(), steps_.end(), name) == steps_.end()) {
                problems_.add(place, "login: no login step is called \"" + name + "\"" +
                                         suggestion(name, steps_));
            }
        }
    }

    const std::vector<std::string>& steps_;
    Problems& problems_;
};

}  // namespace

FieldTable loginFields() {
    return fields;
}

FieldTable loginWhenFields() {
    return conditions;
}

std::vector<std::string> loginSteps(const std::vector<PluginEntry>& plugins) {
    std::vector<std::string> names;
    for (const auto& plugin : plugins) {
        if (pointOf(plugin.use) == "login_step") {
            names.push_back(plugin.name);
        }
    }
    return names;
}

LoginPlan readLogin(const ConfigNode& list, const std::vector<std::string>& steps,
                    Problems& problems) {
    LoginPlan plan;
    if (!list.isList() || list.items().empty()) {
        problems.add(list.place(), "login: a list is wanted, such as \"- step: password\"");
        return plan;
    }
    for (const auto& item : list.items()) {
        ConfigNode node = item;
        if (item.isText()) {  // just a step
            node = ConfigNode::map(item.place());
            node.set("step", item.place(), item);
        }
        if (node.isMap()) {
            Entry(steps, problems).read(std::move(node), plan);
        } else {
            problems.add(item.place(), "login: an entry says one of step, any_of and offer");
        }
    }
    const bool isSure = std::any_of(plan.begin(), plan.end(), [](const LoginStage& stage) {
        return !stage.isOffered && stage.when.isNone();
    });
    if (!isSure) {
        problems.add(list.place(), "login: every entry is optional or has a condition, so some "
                                   "logins would ask for nothing");
    }
    return plan;
}

}  // namespace gatehouse
