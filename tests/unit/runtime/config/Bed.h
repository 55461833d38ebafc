// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>

#include "config/CheckedConfig.h"
#include "config/Configuration.h"
#include "config/TomlReader.h"
#include "config/YamlReader.h"

#include <cppunit/TestAssert.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace gatehouse::test {

/// A folder that goes when the test ends.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = std::filesystem::temp_directory_path() / "gatehouse-config-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    std::string at(const std::string& name) const { return path_ + "/" + name; }
    std::string write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
        std::filesystem::create_directories(std::filesystem::path(at(name)).parent_path());
        std::ofstream(at(name), std::ios::binary) << text;
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(at(name).c_str(), mode));
        return at(name);
    }

private:
    std::string path_;
};

inline ConfigNode yaml(const std::string& text, const std::string& file = "f.yaml") {
    auto tree = readYaml(text, file);
    CPPUNIT_ASSERT_MESSAGE(tree ? "" : tree.error().text(), static_cast<bool>(tree));
    return *tree;
}

inline ConfigNode toml(const std::string& text, const std::string& file = "f.toml") {
    auto tree = readToml(text, file);
    CPPUNIT_ASSERT_MESSAGE(tree ? "" : tree.error().text(), static_cast<bool>(tree));
    return *tree;
}

inline constexpr Field issuerFields[] = {
    {"issuer", Kind::url, optional, "what everybody calls this server"},
    {"mtls_url", Kind::url, optional, "what clients with a certificate call it"},
    {"profile", Kind::text, optional, "what clients are held to"},
    {"access_token_ttl_secs", Kind::number, byDefault("600"), "life of an access token",
     between(1, 86400)},
    {"refresh_token_ttl_secs", Kind::number, byDefault("2592000"), "life of a refresh token"},
    {"languages", Kind::list, optional, "languages of the pages"},
    {"claims", Kind::map, optional, "claims of the operator's own"},
    {"legacy_response_types", Kind::boolean, byDefault("false"), "implicit and hybrid answers"},
};

/// Without modules, database or issuer a configuration is not whole; tests are about the rest.
inline const std::string wholeYaml =
    "oauth: {issuer: 'https://id.example.org'}\nmodules: [token]\ndatabase: {url: 'memory:'}\n";

inline std::string problemsOf(const std::string& file, const Environment& environment = {}) {
    Problems problems;
    Configuration::read({file, environment, issuerFields}, problems);
    return problems.text();
}

inline Configuration load(const std::string& file, const Environment& environment = {}) {
    auto configuration = Configuration::load({file, environment, issuerFields});
    CPPUNIT_ASSERT_MESSAGE(configuration ? "" : configuration.error().text(),
                           static_cast<bool>(configuration));
    return *configuration;
}

}  // namespace gatehouse::test
