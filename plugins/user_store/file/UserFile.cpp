// SPDX-License-Identifier: Apache-2.0
#include "UserFile.h"

#include "passwords/LoginName.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t mostTold = 20;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

std::string_view takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
    }
    return line;
}

bool isComment(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    return first == std::string_view::npos || line[first] == '#';
}

}  // namespace

Result<UserFile> UserFile::read(std::string_view text, const std::string& path,
                                std::string_view weakestHash) {
    if (text.substr(0, byteOrderMark.size()) == byteOrderMark) {
        return Error::badInput(
            path + ":1:1: the file begins with a byte order mark; save it as UTF-8 without one");
    }
    UserFile file;
    std::string told;
    std::size_t problems = 0;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = takeLine(text);
        const std::string problem =
            isComment(line) ? std::string{} : file.add(line, number, weakestHash);
        if (!problem.empty() && ++problems <= mostTold) {
            told.append(told.empty() ? "" : "\n")
                .append(path)
                .append(":")
                .append(std::to_string(number))
                .append(":")
                .append(problem);
        }
    }
    if (problems > mostTold) {
        told += "\n" + path + ": and " + std::to_string(problems - mostTold) + " more problems";
    }
    return problems > 0 ? Result<UserFile>{Error::badInput(told)}
                        : Result<UserFile>{std::move(file)};
}

std::string UserFile::add(std::string_view line, std::size_t number, std::string_view weakestHash) {
    auto read = readUserLine(line, weakestHash);
    if (const auto* problem = std::get_if<LineProblem>(&read)) {
        return std::to_string(problem->column) + ": " + problem->message;
    }
    auto& user = std::get<FileUser>(read);
    const auto [same, isNew] = byLogin_.emplace(user.prepared, users_.size());
    if (!isNew) {
        return "1: login \"" + user.user.login + "\" stands in line " +
               std::to_string(lines_[same->second]) + " already";
    }
    if (user.work > dearest_) {
        dearest_ = user.work;
        dearestHash_ = user.password;
    }
    byId_.emplace(user.user.id, users_.size());
    users_.push_back(std::move(user));
    lines_.push_back(number);
    return {};
}

const FileUser* UserFile::find(std::string_view login) const {
    const auto name = findableLogin(login);
    return name ? found(byLogin_, *name) : nullptr;
}

const FileUser* UserFile::findById(const std::string& id) const {
    return found(byId_, id);
}

Result<UserPage> UserFile::list(std::string_view after, std::size_t limit) const {
    const auto last = byId_.find(std::string(after));
    if (!after.empty() && last == byId_.end()) {
        return Error::badInput("no user of the id \"" + std::string(after) + "\" to go on from");
    }
    const std::size_t first = after.empty() ? 0 : last->second + 1;
    const std::size_t end = std::min(users_.size(), first + limit);
    UserPage page;
    for (std::size_t i = first; i < end; ++i) {
        page.users.push_back(users_[i].user);
    }
    page.next = end < users_.size() ? users_[end - 1].user.id : std::string{};
    return page;
}

const FileUser* UserFile::found(const Index& index, const std::string& key) const {
    const auto entry = index.find(key);
    return entry == index.end() ? nullptr : &users_[entry->second];
}

}  // namespace gatehouse
