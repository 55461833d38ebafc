// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cppunit/TestAssert.h>
#include <openssl/evp.h>
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace gatehouse {

/// A list of leaked passwords in a folder of its own, which goes with it.
class LeakedFile {
public:
    LeakedFile() {
        std::string folder = std::filesystem::temp_directory_path() / "gatehouse-leaked-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(folder.data()) != nullptr);
        folder_ = folder;
    }
    LeakedFile(const LeakedFile&) = delete;
    LeakedFile& operator=(const LeakedFile&) = delete;
    ~LeakedFile() { std::filesystem::remove_all(folder_); }

    std::string path() const { return folder_ / "leaked.txt"; }

    /// As it is given out: sorted, each with another number.
    void write(const std::vector<std::string>& passwords) const {
        std::set<std::string> hashes;
        for (const auto& password : passwords) {
            hashes.insert(sha1(password));
        }
        std::string text;
        std::size_t often = 1;
        for (const auto& hash : hashes) {
            text += hash + ":" + std::to_string(often) + "\r\n";
            often = often * 7 % 1'000'000'007;
        }
        writeText(text);
    }
    void writeText(const std::string& text) const {
        std::ofstream(path(), std::ios::trunc) << text;
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(path().c_str(), S_IRUSR | S_IWUSR));
    }

    static std::string sha1(const std::string& password) {
        unsigned char hash[20];
        CPPUNIT_ASSERT_EQUAL(
            1, EVP_Digest(password.data(), password.size(), hash, nullptr, EVP_sha1(), nullptr));
        std::string digits;
        for (const unsigned char byte : hash) {
            char two[3];
            std::snprintf(two, sizeof(two), "%02X", byte);
            digits += two;
        }
        return digits;
    }

private:
    std::filesystem::path folder_;
};

}  // namespace gatehouse
