// A vector for arrays of many megabytes. The kernel gives fresh memory page by page, on first touch: on a virtual machine a
// page of 4 KiB may take 10 us, so that 160 MB cost 0.5 s before anything is computed. In pages of 2 MiB it is 10 ms.
#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <vector>

namespace rightsdesk::base {

// Memory for `octets`, in large pages where it is large and the kernel has them. Throws std::bad_alloc.
void* allocate_large(std::size_t octets);
// `octets` as they were asked for.
void free_large(void* memory, std::size_t octets) noexcept;

template <class T>
struct LargeAllocator {
    using value_type = T;
    LargeAllocator() = default;
    template <class Other>
    LargeAllocator(const LargeAllocator<Other>&) noexcept {}  // NOLINT(google-explicit-constructor): what an allocator is

    T* allocate(std::size_t count) {
        if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_array_new_length();
        return static_cast<T*>(allocate_large(count * sizeof(T)));
    }
    void deallocate(T* memory, std::size_t count) noexcept { free_large(memory, count * sizeof(T)); }
    bool operator==(const LargeAllocator&) const = default;
};

template <class T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace rightsdesk::base
