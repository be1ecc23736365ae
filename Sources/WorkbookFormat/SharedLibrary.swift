import Platform

/// A shared library that is loaded when it is first needed (`dlopen`), so that commands without a workbook do not load it
/// nor the libraries that it needs. Loaded libraries stay until the program ends.
struct SharedLibrary: @unchecked Sendable {
  private let handle: UnsafeMutableRawPointer

  /// Loads the library.
  /// - Parameters:
  ///   - file: the name with the version of its interface, such as `libminizip.so.1`.
  ///   - package: the Debian package that contains it.
  /// - Throws: `WorkbookFailure` of kind `noLibrary` if the system does not have it.
  init(_ file: String, package: String) throws(WorkbookFailure) {
    guard let handle = dlopen(file, RTLD_NOW | RTLD_LOCAL) else {
      throw WorkbookFailure(.noLibrary(file, package: package))
    }
    self.handle = handle
  }

  /// The address of a function, as the type of a C function pointer.
  /// - Throws: `WorkbookFailure` of kind `noLibrary` if the library does not have it.
  func function<Function>(_ name: String, as type: Function.Type = Function.self) throws(WorkbookFailure) -> Function {
    guard let address = dlsym(handle, name) else { throw WorkbookFailure(.noLibrary(name, package: "")) }
    return unsafeBitCast(address, to: type)
  }
}
