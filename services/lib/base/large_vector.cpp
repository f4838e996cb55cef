#include "base/large_vector.h"

#include <sys/mman.h>

namespace rightsdesk::base {

namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20U;

bool is_large(std::size_t octets) { return octets >= kLargePage; }

}  // namespace

void* allocate_large(std::size_t octets) {
    if (!is_large(octets)) return ::operator new(octets);
    void* memory = ::operator new(octets, std::align_val_t{kLargePage});
    // Advice: a kernel without large pages gives small ones.
    static_cast<void>(::madvise(memory, octets, MADV_HUGEPAGE));
    return memory;
}

void free_large(void* memory, std::size_t octets) noexcept {
    if (is_large(octets)) {
        ::operator delete(memory, std::align_val_t{kLargePage});
    } else {
        ::operator delete(memory);
    }
}

}  // namespace rightsdesk::base
