// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <cstddef>
#include <functional>
#include <istream>
#include <optional>
#include <string>

namespace gatehouse {

/// Reads a JSON text of any size piece by piece: the elements of the list that it is; or the
/// members of the object that it is, where one that is a list comes element by element. Used once.
class JsonPieces {
public:
    struct Piece {
        std::string member;  ///< of the object; empty in a list
        std::size_t number = 0;  ///< of the element, from 1; 0: the member is no list
        std::optional<Value> value;  ///< nullopt: it cannot be read
        std::string problem;  ///< why: "is larger than 256 KiB"
    };

    /// `most`: the largest piece, in bytes. `text` outlives this.
    JsonPieces(std::istream& text, std::size_t most) : text_(*text.rdbuf()), most_(most) {}

    /// nullopt: the end. Fault::badInput: no JSON text, as far as its outermost shape goes.
    Result<std::optional<Piece>> next();
    /// Hands on each, until a failure ends it.
    Status each(const std::function<Status(const Piece&)>& take);

private:
    enum class Place { start, object, list, end };

    // Each returns false when something else is there.
    bool step(Piece& piece);
    bool begin();
    bool member(Piece& piece);
    bool element(Piece& piece);
    bool leaveList();
    bool take(Piece& piece);
    bool takeNested();
    bool takeText();
    bool takeWord();
    bool mark(char wanted);

    int blanks();
    int read();
    void keep(int byte);

    std::streambuf& text_;
    std::size_t most_;
    std::size_t at_ = 0;
    Place place_ = Place::start;
    bool isInObject_ = false;
    bool isFirst_ = true;
    bool hasPiece_ = false;
    std::string list_;  ///< the member whose list is being read
    std::size_t number_ = 0;
    std::string kept_;
    bool isTooLarge_ = false;
};

}  // namespace gatehouse
