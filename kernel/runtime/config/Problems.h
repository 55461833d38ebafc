// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Where a value stands: a file's line and column, both counted from 1, or what else it came from
/// ("environment SERVER__PORT", "default") with line 0.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;

    static Place environment(std::string_view variable);
    static Place byDefault();
    bool isFile() const noexcept { return line > 0; }
    bool isEnvironment() const noexcept;
    /// "file:line:column", or the file or source alone; empty for no place at all.
    std::string text() const;
};

/// By file, line, column.
bool operator<(const Place& left, const Place& right) noexcept;

/// One thing that is wrong with a configuration. Never holds a secret.
struct Problem {
    Place place;
    std::string text;

    /// "file:line:column: text", printable().
    std::string line() const;
};

/// Everything that is wrong with a configuration, sorted by place.
class Problems {
public:
    void add(Place place, std::string text);
    void add(Problem problem);
    /// What is no reason to refuse it, but to be told.
    void warn(Problem warning);
    /// Warnings too.
    void add(const Problems& others);
    /// One problem a line. A line may begin with its place, "file:line:column: ", which then is
    /// where it is; otherwise it is at `place`. `label` begins each text.
    void addLines(const std::string& lines, const Place& place, const std::string& label = {});

    bool empty() const noexcept { return problems_.empty(); }
    std::size_t size() const noexcept { return problems_.size(); }
    std::vector<Problem>::const_iterator begin() const noexcept { return problems_.begin(); }
    std::vector<Problem>::const_iterator end() const noexcept { return problems_.end(); }
    const std::vector<Problem>& warnings() const noexcept { return warnings_; }
    /// One problem a line, each with a line break.
    std::string text() const;
    /// "1 problem", "2 problems".
    std::string count() const;
    /// Every warning, one a line.
    std::string warningReport() const;
    /// What the program says before it ends: every problem, then how many.
    std::string report() const;

private:
    std::vector<Problem> problems_;
    std::vector<Problem> warnings_;
};

}  // namespace gatehouse
