// The codec: walks a struct's description (base/describe.h) and its layout (layout.h) side by side. Written once for all
// messages; a new message is a struct and a schema, and no code here. Private to this room.
#pragma once

#include <cstring>
#include <string>
#include <vector>

#include <capnp/any.h>

#include "wire/layout.h"
#include "wire/seal.h"

namespace rightsdesk::wire {

// Thrown within this room only, and turned into a Result where reading began.
struct Unreadable {
    base::ErrorKind kind;
    std::string why;
};

// ---- writing ----

class Writer {
public:
    explicit Writer(const SealKey* key) : key_(key) {}

    template <class T>
    void write(capnp::AnyStruct::Builder builder, capnp::StructSchema schema, const T& value) const {
        const Layout& layout = layout_of<T>(schema);
        const auto data = builder.getDataSection();
        const auto pointers = builder.getPointerSection();
        if constexpr (IsVariant<T>::value) {
            const Slot& slot = layout.slots[value.index()];
            put(data, layout.discriminant, slot.discriminant);
            std::visit([&](const auto& alternative) { write(open(pointers, slot), slot.inner, alternative); }, value);
        } else {
            std::size_t at = 0;
            T::visit_members(value, [&](std::string_view, const auto& member) { write_member(data, pointers, layout.slots[at++], member); });
        }
    }

private:
    using Data = kj::ArrayPtr<kj::byte>;
    using Pointers = capnp::List<capnp::AnyPointer>::Builder;

    static capnp::AnyPointer::Builder pointer(Pointers pointers, const Slot& slot) { return pointers[slot.place]; }
    static capnp::AnyStruct::Builder open(Pointers pointers, const Slot& slot) { return pointer(pointers, slot).initAsAnyStruct(slot.words, slot.pointers); }

    template <class T>
    static void put(Data data, std::uint32_t place, T value) {
        if constexpr (std::is_same_v<T, bool>) {
            if (value) data[place / 8] = static_cast<kj::byte>(data[place / 8] | (1U << (place % 8)));
        } else {
            const auto raw = raw_of(value);
            std::memcpy(data.begin() + std::size_t{place} * sizeof raw, &raw, sizeof raw);
        }
    }
    template <class T>
    static Raw<T> raw_of(T value) {
        if constexpr (AQuantity<T>) return value.value;
        else return static_cast<Raw<T>>(value);
    }

    template <class T>
    void write_member(Data data, Pointers pointers, const Slot& slot, const T& value) const {
        if constexpr (Plain<T>) {
            put(data, slot.place, value);
        } else if constexpr (IsOptional<T>::value) {
            if (value) write_present(pointers, slot, *value);
        } else {
            // What is empty is the default, and is left out; that an optional text is there although empty is said by writing it.
            if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, base::Bytes> || IsVector<T>::value) {
                if (value.empty()) return;
            }
            write_pointer(pointers, slot, value);
        }
    }

    template <class T>
    void write_present(Pointers pointers, const Slot& slot, const T& value) const {
        if constexpr (Plain<T>) {
            put(open(pointers, slot).getDataSection(), slot.wrapped, value);
        } else if constexpr (std::is_same_v<T, std::string>) {
            write_pointer(pointers, slot, value);
        } else {
            Data none;
            write_member(none, pointers, slot, value);
        }
    }

    template <class T>
    void write_pointer(Pointers pointers, const Slot& slot, const T& value) const {
        if constexpr (std::is_same_v<T, std::string>) {
            pointer(pointers, slot).template setAs<capnp::Text>(text(value));
        } else if constexpr (std::is_same_v<T, base::Bytes>) {
            pointer(pointers, slot).template setAs<capnp::Data>(octets(value.view()));
        } else if constexpr (std::is_same_v<T, domain::Sealed>) {
            write_sealed(pointer(pointers, slot), value);
        } else if constexpr (IsVector<T>::value) {
            write_list(pointer(pointers, slot), slot, value);
        } else {
            write(open(pointers, slot), slot.inner, value);
        }
    }

    template <class T>
    void write_list(capnp::AnyPointer::Builder place, const Slot& slot, const std::vector<T>& values) const {
        const auto size = static_cast<unsigned>(values.size());
        if constexpr (Plain<T>) {
            auto list = place.template initAs<capnp::List<Raw<T>>>(size);
            for (unsigned at = 0; at < size; ++at) list.set(at, raw_of(values[at]));
        } else if constexpr (std::is_same_v<T, std::string>) {
            auto list = place.template initAs<capnp::List<capnp::Text>>(size);
            for (unsigned at = 0; at < size; ++at) list.set(at, text(values[at]));
        } else {
            auto list = place.initAsListOfAnyStruct(slot.words, slot.pointers, size);
            for (unsigned at = 0; at < size; ++at) write(list[at], slot.inner, values[at]);
        }
    }

    void write_sealed(capnp::AnyPointer::Builder place, const domain::Sealed& sealed) const;

    static capnp::Text::Reader text(const std::string& value) { return {value.c_str(), value.size()}; }
    static capnp::Data::Reader octets(std::string_view value) { return {reinterpret_cast<const kj::byte*>(value.data()), value.size()}; }

    const SealKey* key_;
};

// ---- reading ----

class Reader {
public:
    explicit Reader(const SealKey* key) : key_(key) {}

    template <class T>
    void read(capnp::AnyStruct::Reader reader, capnp::StructSchema schema, T& value) const {
        const Layout& layout = layout_of<T>(schema);
        const Sections from{reader.getDataSection(), reader.getPointerSection()};
        if constexpr (IsVariant<T>::value) {
            read_alternative(from, layout, value, std::make_index_sequence<std::variant_size_v<base::AlternativesOf<T>>>());
        } else {
            std::size_t at = 0;
            T::visit_members(value, [&](std::string_view, auto& member) { read_member(from, layout.slots[at++], member); });
        }
    }

private:
    // An older writer's struct is smaller: what lies beyond it is the default.
    struct Sections {
        kj::ArrayPtr<const kj::byte> data;
        capnp::List<capnp::AnyPointer>::Reader pointers;

        [[nodiscard]] capnp::AnyPointer::Reader pointer(std::uint32_t place) const {
            return place < pointers.size() ? pointers[place] : capnp::AnyPointer::Reader();
        }
    };

    template <class T, std::size_t... at>
    void read_alternative(const Sections& from, const Layout& layout, T& value, std::index_sequence<at...>) const {
        const auto which = get<std::uint16_t>(from.data, layout.discriminant);
        const bool known = ((layout.slots[at].discriminant == which
                                 ? (read(struct_of(from.pointer(layout.slots[at].place)), layout.slots[at].inner, value.template emplace<at>()), true)
                                 : false) ||
                            ...);
        if (!known) throw Unreadable{base::ErrorKind::kInvalid, "a message of a kind that this version does not know"};
    }

    static capnp::AnyStruct::Reader struct_of(capnp::AnyPointer::Reader pointer) { return pointer.getAs<capnp::AnyStruct>(); }

    template <class T>
    static T get(kj::ArrayPtr<const kj::byte> data, std::uint32_t place) {
        if constexpr (std::is_same_v<T, bool>) {
            return place / 8 < data.size() && (data[place / 8] >> (place % 8) & 1) != 0;
        } else {
            Raw<T> raw{};
            const std::size_t start = std::size_t{place} * sizeof raw;
            if (start + sizeof raw <= data.size()) std::memcpy(&raw, data.begin() + start, sizeof raw);
            return plain<T>(raw);
        }
    }

    template <class T>
    void read_member(const Sections& from, const Slot& slot, T& value) const {
        if constexpr (Plain<T>) {
            value = get<T>(from.data, slot.place);
        } else if constexpr (IsOptional<T>::value) {
            const auto pointer = from.pointer(slot.place);
            if (!pointer.isNull()) read_present(pointer, slot, value.emplace());
        } else if (const auto pointer = from.pointer(slot.place); !pointer.isNull()) {
            read_pointer(pointer, slot, value);
        } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, base::Bytes> || IsVector<T>::value) {
            // What is empty was left out; the member may begin as something else ("USD", the usual reminders).
            value = T();
        }
    }

    template <class T>
    void read_present(capnp::AnyPointer::Reader pointer, const Slot& slot, T& value) const {
        if constexpr (Plain<T>) {
            value = get<T>(struct_of(pointer).getDataSection(), slot.wrapped);
        } else {
            read_pointer(pointer, slot, value);
        }
    }

    template <class T>
    void read_pointer(capnp::AnyPointer::Reader pointer, const Slot& slot, T& value) const {
        if constexpr (std::is_same_v<T, std::string>) {
            assign(pointer.getAs<capnp::Text>(), value);
        } else if constexpr (std::is_same_v<T, base::Bytes>) {
            const auto octets = pointer.getAs<capnp::Data>();
            value.value.assign(reinterpret_cast<const char*>(octets.begin()), octets.size());
        } else if constexpr (std::is_same_v<T, domain::Sealed>) {
            read_sealed(pointer.getAs<capnp::Data>(), value);
        } else if constexpr (IsVector<T>::value) {
            read_list(pointer, slot, value);
        } else {
            read(struct_of(pointer), slot.inner, value);
        }
    }

    template <class T>
    void read_list(capnp::AnyPointer::Reader pointer, const Slot& slot, std::vector<T>& values) const {
        // Nothing is reserved on the sender's word; the traversal limit ends a list of more elements than the message has words.
        values.clear();  // the member may begin with something
        if constexpr (Plain<T>) {
            for (const auto raw : pointer.getAs<capnp::List<Raw<T>>>()) values.push_back(plain<T>(raw));
        } else if constexpr (std::is_same_v<T, std::string>) {
            for (const auto text : pointer.getAs<capnp::List<capnp::Text>>()) assign(text, values.emplace_back());
        } else {
            const auto list = pointer.getAs<capnp::AnyList>();
            if (list.size() > 0 && list.getElementSize() != capnp::ElementSize::INLINE_COMPOSITE) {
                throw Unreadable{base::ErrorKind::kInvalid, "a list that should be one of structs"};
            }
            for (const auto element : list.as<capnp::List<capnp::AnyStruct>>()) read(element, slot.inner, values.emplace_back());
        }
    }

    void read_sealed(capnp::Data::Reader octets, domain::Sealed& sealed) const;

    static void assign(capnp::Text::Reader text, std::string& value) { value.assign(text.begin(), text.size()); }

    template <class T>
    static T plain(Raw<T> raw) {
        if constexpr (base::DescribedEnum<T>) {
            if (raw >= enumerators_of(T{}).size()) {
                throw Unreadable{base::ErrorKind::kInvalid, "a value of " + std::string(enum_type_name(T{})) + " that this version does not know"};
            }
            return static_cast<T>(raw);
        } else {
            return T(raw);
        }
    }

    const SealKey* key_;
};

}  // namespace rightsdesk::wire
