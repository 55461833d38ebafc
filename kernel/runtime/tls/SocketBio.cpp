// SPDX-License-Identifier: Apache-2.0
#include "tls/SocketBio.h"

#include <sys/socket.h>

#include <cerrno>

namespace gatehouse {

namespace {

SocketBio& socketOf(BIO* bio) {
    return *static_cast<SocketBio*>(BIO_get_data(bio));
}

int readSome(BIO* bio, char* buffer, int size) {
    SocketBio& socket = socketOf(bio);
    BIO_clear_retry_flags(bio);
    const auto count = ::recv(socket.handle, buffer, static_cast<std::size_t>(size), MSG_DONTWAIT);
    socket.isDry = count < size;
    if (count < 0 && errno == EAGAIN) {
        BIO_set_retry_read(bio);
    }
    return static_cast<int>(count);
}

int writeSome(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto count = ::send(socketOf(bio).handle, bytes, static_cast<std::size_t>(size),
                              MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(count);
}

long control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* makeMethod() {
    BIO_METHOD* method =
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "gatehouse socket");
    require(method != nullptr && BIO_meth_set_read(method, readSome) == 1 &&
                BIO_meth_set_write(method, writeSome) == 1 &&
                BIO_meth_set_ctrl(method, control) == 1,
            "cannot make a BIO_METHOD");
    return method;
}

}  // namespace

Bio SocketBio::over(SocketBio& socket) {
    static BIO_METHOD* const method = makeMethod();
    Bio bio(BIO_new(method));
    require(bio != nullptr, "cannot make a BIO");
    BIO_set_data(bio.get(), &socket);
    BIO_set_init(bio.get(), 1);
    return bio;
}

}  // namespace gatehouse
