// SPDX-License-Identifier: Apache-2.0
#include "crypto/RandomPool.h"

#include "crypto/OpenSsl.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <array>

namespace gatehouse {

namespace {

void draw(unsigned char* place, std::size_t count) {
    require(RAND_priv_bytes_ex(nullptr, place, count, 0) == 1, "OpenSSL's random generator failed");
}

/// Bytes drawn ahead; wiped as they are handed out and when the thread ends.
class RandomPool {
public:
    RandomPool() = default;
    RandomPool(const RandomPool&) = delete;
    RandomPool(RandomPool&&) = delete;
    RandomPool& operator=(const RandomPool&) = delete;
    RandomPool& operator=(RandomPool&&) = delete;
    ~RandomPool() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

    std::string take(std::size_t count) {
        if (bytes_.size() - used_ < count) {
            draw(bytes_.data(), bytes_.size());
            used_ = 0;
        }
        auto* start = bytes_.data() + used_;
        std::string taken(reinterpret_cast<const char*>(start), count);
        OPENSSL_cleanse(start, count);
        used_ += count;
        return taken;
    }

private:
    std::array<unsigned char, 2048> bytes_{};
    std::size_t used_ = 2048;
};

constexpr std::size_t mostFromPool = 256;

}  // namespace

std::string randomBytes(std::size_t count) {
    if (count > mostFromPool) {
        std::string bytes(count, '\0');
        draw(reinterpret_cast<unsigned char*>(bytes.data()), count);
        return bytes;
    }
    thread_local RandomPool pool;
    return pool.take(count);
}

}  // namespace gatehouse
