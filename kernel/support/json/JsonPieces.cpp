// SPDX-License-Identifier: Apache-2.0
#include "json/JsonPieces.h"

#include "json/Json.h"

#include <cstddef>
#include <string_view>
#include <utility>

namespace gatehouse {

namespace {

constexpr int none = std::char_traits<char>::eof();
constexpr std::size_t kibi = 1024;

bool isBlank(int byte) {
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

bool opens(int byte) {
    return byte == '{' || byte == '[';
}

/// How many levels deeper it leads.
std::ptrdiff_t turnOf(int byte) {
    const bool closes = byte == '}' || byte == ']';
    return closes ? -1 : opens(byte) ? 1 : 0;
}

bool endsWord(int byte) {
    return byte == none || isBlank(byte) ||
           std::string_view(",:[]{}\"").find(static_cast<char>(byte)) != std::string_view::npos;
}

}  // namespace

Result<std::optional<JsonPieces::Piece>> JsonPieces::next() {
    Piece piece;
    hasPiece_ = false;
    while (place_ != Place::end && !hasPiece_) {
        if (!step(piece)) {
            const bool isCut = text_.sgetc() == none;
            return Error::badInput(isCut ? "ends too early, after byte " + std::to_string(at_)
                                         : "is not JSON at byte " + std::to_string(at_ + 1));
        }
    }
    return hasPiece_ ? std::optional<Piece>(std::move(piece)) : std::nullopt;
}

Status JsonPieces::each(const std::function<Status(const Piece&)>& take) {
    for (auto piece = next();; piece = next()) {
        if (!piece) {
            return piece.error();
        }
        if (!*piece) {
            return done();
        }
        if (auto status = take(**piece); !status) {
            return status;
        }
    }
}

bool JsonPieces::step(Piece& piece) {
    switch (place_) {
    case Place::start: return begin();
    case Place::object: return member(piece);
    default: return element(piece);
    }
}

bool JsonPieces::begin() {
    blanks();
    isInObject_ = mark('{');
    place_ = isInObject_ ? Place::object : Place::list;
    return isInObject_ || mark('[');
}

bool JsonPieces::member(Piece& piece) {
    if (mark('}')) {
        place_ = Place::end;
        return blanks() == none;
    }
    if (!isFirst_ && !mark(',')) {
        return false;
    }
    isFirst_ = false;
    Piece name;
    if (blanks() != '"' || !take(name) || !name.value || !mark(':')) {
        return false;
    }
    if (mark('[')) {
        place_ = Place::list;
        list_ = *name.value->text();
        number_ = 0;
        return true;
    }
    piece.member = *name.value->text();
    hasPiece_ = take(piece);
    return hasPiece_;
}

bool JsonPieces::element(Piece& piece) {
    if (mark(']')) {
        return leaveList();
    }
    if (number_ > 0 && !mark(',')) {
        return false;
    }
    piece.member = list_;
    piece.number = ++number_;
    hasPiece_ = take(piece);
    return hasPiece_;
}

bool JsonPieces::leaveList() {
    place_ = isInObject_ ? Place::object : Place::end;
    return isInObject_ || blanks() == none;
}

/// One value, whatever it is: its extent first, and then what it says.
bool JsonPieces::take(Piece& piece) {
    kept_.clear();
    isTooLarge_ = false;
    const int first = blanks();
    const bool isTaken = opens(first) ? takeNested() : first == '"' ? takeText() : takeWord();
    if (!isTaken) {
        return false;
    }
    piece.value = isTooLarge_ ? std::nullopt : parseJson(kept_);
    if (!piece.value) {
        piece.problem = isTooLarge_ ? "is larger than " + std::to_string(most_ / kibi) + " KiB"
                                    : "is not JSON, or not UTF-8, or has NUL in a text";
    }
    return true;
}

bool JsonPieces::takeNested() {
    std::ptrdiff_t level = 0;
    do {
        const int byte = text_.sgetc();
        const bool isThere = byte == '"' ? takeText() : byte != none;
        if (!isThere) {
            return false;
        }
        if (byte != '"') {
            keep(read());
            level += turnOf(byte);
        }
    } while (level > 0);
    return true;
}

bool JsonPieces::takeText() {
    keep(read());
    for (int byte = read(); byte != none; byte = read()) {
        keep(byte);
        if (byte == '"') {
            return true;
        }
        if (byte == '\\' && text_.sgetc() != none) {
            keep(read());
        }
    }
    return false;
}

bool JsonPieces::takeWord() {
    while (!endsWord(text_.sgetc())) {
        keep(read());
    }
    return !kept_.empty() || isTooLarge_;
}

bool JsonPieces::mark(char wanted) {
    const bool isThere = blanks() == static_cast<unsigned char>(wanted);
    if (isThere) {
        read();
    }
    return isThere;
}

/// What stands behind them.
int JsonPieces::blanks() {
    while (isBlank(text_.sgetc())) {
        read();
    }
    return text_.sgetc();
}

int JsonPieces::read() {
    const int byte = text_.sbumpc();
    at_ += byte == none ? 0 : 1;
    return byte;
}

void JsonPieces::keep(int byte) {
    if (kept_.size() == most_) {
        isTooLarge_ = true;
        return;
    }
    kept_ += static_cast<char>(byte);
}

}  // namespace gatehouse
