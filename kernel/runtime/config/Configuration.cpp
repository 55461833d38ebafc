// SPDX-License-Identifier: Apache-2.0
#include "config/Configuration.h"

#include "config/ConfigurationReader.h"

#include <unistd.h>

namespace gatehouse {

Environment processEnvironment() {
    Environment environment;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view variable(*entry);
        const std::size_t equals = variable.find('=');
        if (equals != std::string_view::npos) {
            environment.emplace(variable.substr(0, equals), variable.substr(equals + 1));
        }
    }
    return environment;
}

Configuration Configuration::read(const ConfigurationInput& input, Problems& problems) {
    return ConfigurationReader(input, problems).read();
}

Result<Configuration, Problems> Configuration::load(const ConfigurationInput& input) {
    Problems problems;
    Configuration configuration = read(input, problems);
    if (!problems.empty()) {
        return problems;
    }
    return configuration;
}

}  // namespace gatehouse
