// SPDX-License-Identifier: Apache-2.0
#include "config/ConfigFile.h"

#include "config/SourceText.h"
#include "config/TomlReader.h"
#include "config/YamlReader.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace gatehouse {

namespace {

Problems problem(const std::string& path, std::string text) {
    Problems problems;
    problems.add({path, 0, 0}, std::move(text));
    return problems;
}

}  // namespace

bool isConfigFileName(const std::string& path) {
    const std::string ending = std::filesystem::path(path).extension();
    return ending == ".yaml" || ending == ".yml" || ending == ".toml";
}

Result<ConfigNode, Problems> readConfigFile(const std::string& path) {
    if (!isConfigFileName(path)) {
        return problem(path, "the name has to end in .yaml, .yml or .toml");
    }
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        return problem(path, "not a file");
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        return problem(path, "cannot be read: " + std::generic_category().message(errno));
    }
    std::string text(mostConfigBytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad()) {
        return problem(path, "cannot be read");
    }
    const bool isToml = std::filesystem::path(path).extension() == ".toml";
    return isToml ? readToml(text, path) : readYaml(text, path);
}

}  // namespace gatehouse
