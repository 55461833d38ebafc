// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// The path of a Route, with its "{name}" segments.
class RoutePath {
public:
    explicit RoutePath(std::string_view path) : path_(path), segments_(split(path)) {}

    /// Begins with '/', has no character that no path has, and no name twice.
    bool isSound() const {
        std::set<std::string> names;
        return path_.substr(0, 1) == "/" && path_.find("//") == std::string::npos &&
               std::all_of(segments_.begin(), segments_.end(), [&](const std::string& segment) {
                   return isName(segment) ? names.insert(segment).second : isPlain(segment);
               });
    }
    /// What two paths share that match the same: names do not matter.
    std::string shape() const { return filled("{}"); }
    /// With this in place of each "{name}".
    std::string filled(const std::string& value) const {
        std::string path;
        for (const auto& segment : segments_) {
            path += "/" + (isName(segment) ? value : segment);
        }
        return path;
    }
    bool matches(std::string_view path) const {
        const auto given = split(path);
        return given.size() == segments_.size() &&
               std::equal(segments_.begin(), segments_.end(), given.begin(),
                          [](const auto& segment, const auto& part) {
                              return isName(segment) ? !part.empty() : segment == part;
                          });
    }
    /// Those of a path that it matches, not decoded.
    std::vector<std::pair<std::string, std::string>> parametersOf(std::string_view path) const {
        const auto given = split(path);
        std::vector<std::pair<std::string, std::string>> parameters;
        for (std::size_t at = 0; at < std::min(given.size(), segments_.size()); ++at) {
            if (isName(segments_[at])) {
                parameters.emplace_back(segments_[at].substr(1, segments_[at].size() - 2),
                                        given[at]);
            }
        }
        return parameters;
    }

private:
    static bool isName(const std::string& segment) {
        return segment.size() > 2 && segment.front() == '{' && segment.back() == '}' &&
               isPlain(segment.substr(1, segment.size() - 2));
    }
    static bool isPlain(const std::string& segment) {
        return segment.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                         "0123456789-._~") == std::string::npos;
    }
    static std::vector<std::string> split(std::string_view path) {
        std::vector<std::string> segments;
        while (!path.empty()) {
            path.remove_prefix(1);
            const auto end = std::min(path.find('/'), path.size());
            segments.emplace_back(path.substr(0, end));
            path.remove_prefix(end);
        }
        return segments;
    }

    std::string path_;
    std::vector<std::string> segments_;
};

}  // namespace gatehouse::testkit
