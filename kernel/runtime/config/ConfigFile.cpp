// SPDX-License-Identifier: Apache-2.0
#include "config/ConfigFile.h"

#include "config/SourceText.h"
#include "config/TomlReader.h"
#include "config/YamlReader.h"

#include <filesystem>

namespace gatehouse {

bool isConfigFileName(const std::string& path) {
    const std::string ending = std::filesystem::path(path).extension();
    return ending == ".yaml" || ending == ".yml" || ending == ".toml";
}

FileWish configFileWish() {
    return {Keeping::own, mostConfigBytes};
}

Problem givenProblem(const std::string& path, const std::string& said) {
    const std::string start = path + " ";
    return said.compare(0, start.size(), start) == 0
               ? Problem{{path, 0, 0}, said.substr(start.size())}
               : Problem{{}, said};
}

std::optional<ConfigNode> readConfigFile(const std::string& path, Problems& problems) {
    if (!isConfigFileName(path)) {
        problems.add({path, 0, 0}, "the name has to end in .yaml, .yml or .toml");
        return std::nullopt;
    }
    return readConfigText(readGivenFile(path, configFileWish()), path, problems);
}

std::optional<ConfigNode> readConfigText(const Result<GivenFile>& file, const std::string& path,
                                         Problems& problems) {
    if (!file) {
        problems.add(givenProblem(path, file.error().detail));
        return std::nullopt;
    }
    if (!file->doubt.empty()) {
        problems.warn(givenProblem(path, file->doubt));
    }
    const bool isToml = std::filesystem::path(path).extension() == ".toml";
    auto tree = isToml ? readToml(file->text, path) : readYaml(file->text, path);
    if (!tree) {
        problems.add(tree.error());
        return std::nullopt;
    }
    return *std::move(tree);
}

}  // namespace gatehouse
