import Foundation
import FuzzBodies

/// The target that the inputs go to, from the environment: libFuzzer restarts this program for part of its work and
/// does not pass on arguments that are not its own.
private let body: FuzzBody = {
  let name = ProcessInfo.processInfo.environment["ONEVISIT_FUZZ_TARGET"] ?? ""
  guard let body = FuzzBody(rawValue: name) else {
    let names = FuzzBody.allCases.map(\.rawValue).joined(separator: ", ")
    print("ONEVISIT_FUZZ_TARGET must be one of: \(names)")
    exit(2)
  }
  return body
}()

/// The function that libFuzzer, which has the main function, calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try body.run(Array(UnsafeBufferPointer(start: data, count: count)))
  } catch {
    // libFuzzer takes a crash for a finding and keeps the input.
    FileHandle.standardError.write(Data("Violation: \(error)\n".utf8))
    abort()
  }
  return 0
}
