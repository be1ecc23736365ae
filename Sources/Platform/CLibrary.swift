@_exported import CPlatform

// The C library of the system, for every module that needs a call of it. This is the only place that asks which one it is.
#if canImport(Glibc)
  @_exported import Glibc
#elseif canImport(Musl)
  @_exported import Musl
#else
  @_exported import Darwin
#endif
