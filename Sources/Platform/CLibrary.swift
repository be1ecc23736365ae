@_exported import CPlatform
@_exported import SystemPackage

// The C library of the system and swift-system, for every module that needs a call of theirs. This module is the only
// one that distinguishes C libraries (`canImport`).
#if canImport(Glibc)
  @_exported import Glibc
#elseif canImport(Musl)
  @_exported import Musl
#else
  @_exported import Darwin
#endif

/// A limit of this process (`getrlimit`) as the C library numbers it.
package enum ResourceLimit {
  /// The address space, `ulimit -v`, in bytes; nil where there is no limit.
  package static var addressSpace: UInt? {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
    #else
      let resource = RLIMIT_AS
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur != rlim_t.max else { return nil }
    return UInt(limit.rlim_cur)
  }
}
