import Bodies
import Foundation

/// Which body the inputs go to, by the environment: libFuzzer starts this program anew for some of its work, and would
/// lose an argument that is none of its own.
private let body: FuzzBody = {
  let name = ProcessInfo.processInfo.environment["ONEVISIT_FUZZ_TARGET"] ?? ""
  guard let body = FuzzBody(rawValue: name) else {
    let names = FuzzBody.allCases.map(\.rawValue).joined(separator: ", ")
    print("ONEVISIT_FUZZ_TARGET has to be one of: \(names)")
    exit(2)
  }
  return body
}()

/// libFuzzer, which has the main function, calls this for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try body.run(Array(UnsafeBufferPointer(start: data, count: count)))
  } catch {
    fatalError("\(error)")
  }
  return 0
}
