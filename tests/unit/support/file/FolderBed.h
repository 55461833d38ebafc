// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cppunit/TestAssert.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace gatehouse::test {

/// "given", a folder for an operator's files, with a secret beside it; both go with the test.
class FolderBed {
public:
    FolderBed() {
        std::string name = std::filesystem::temp_directory_path() / "gatehouse-file-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(name.data()) != nullptr);
        root_ = name;
        std::filesystem::create_directory(folder());
        write("../secret", "the root secret");
    }
    ~FolderBed() { std::filesystem::remove_all(root_); }
    FolderBed(const FolderBed&) = delete;
    FolderBed& operator=(const FolderBed&) = delete;

    std::string folder() const { return root_ / "given"; }
    std::string at(const std::string& name) const { return folder() + "/" + name; }
    std::string write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
        std::filesystem::create_directories(std::filesystem::path(at(name)).parent_path());
        std::ofstream(at(name), std::ios::binary) << text;
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(at(name).c_str(), mode));
        return at(name);
    }
    void link(const std::string& name, const std::string& target) const {
        CPPUNIT_ASSERT_EQUAL(0, ::symlink(target.c_str(), at(name).c_str()));
    }

private:
    std::filesystem::path root_;
};

}  // namespace gatehouse::test
