import Foundation
import TestSupport
import Testing

/// What the command does when memory runs out, and that a crash under a limit of memory still looks like a crash.
@Suite struct MemoryShortageTests {
  /// `ulimit -v` in kB, with which the program starts, and not much more.
  private static func smallestLimit() throws -> Int {
    for limit in stride(from: 40_000, through: 400_000, by: 4_000) {
      let outcome = try Program.shell("ulimit -v \(limit); exec \"$onevisit\" --version >/dev/null 2>&1")
      if outcome.status == 0 { return limit }
    }
    throw CancellationError()
  }

  @Test func aRefusedAllocationIsReportedAsSuch() throws {
    let folder = try TemporaryFolder()
    // A hundred thousand matters and as many different texts: tens of megabytes once they are read.
    var list = "序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注\r\n"
    for number in 1...100_000 {
      list += "\(number),个人,我要办第\(number)件事,事项\(number),市公安局,公安部门,2022年12月底,备注\(number)\r\n"
    }
    try Data(list.utf8).write(to: folder.url.appending(path: "list.csv"))
    let limit = try Self.smallestLimit() + 24_000
    let outcome = try Program.shell(
      "ulimit -v \(limit); exec \"$onevisit\" export json --catalog list.csv >/dev/null", in: folder.url)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("error: out of memory;"), "\(outcome.errors)")
    #expect(outcome.errors.contains("错误：内存不足"), "\(outcome.errors)")
    // The runtime's own report and trace are for defects.
    #expect(!outcome.errors.contains("Fatal error"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("Backtracing"), "\(outcome.errors)")
  }

  /// - Parameter limit: in kB, 4 and 20 GB.
  @Test(arguments: ["SEGV", "ABRT", "ILL"], [4 << 20, 20 << 20])
  func aCrashLooksLikeACrash(_ signal: String, _ limit: Int) throws {
    let folder = try TemporaryFolder()
    // The program waits for a pipe that nobody writes to.
    let outcome = try Program.shell(
      """
      mkfifo pipe
      ulimit -v \(limit)
      "$onevisit" validate pipe & process=$!
      sleep 0.5
      kill -\(signal) $process
      wait $process
      """, in: folder.url,
      // The runtime's backtracer would swallow a signal that comes from another process.
      environment: ["SWIFT_BACKTRACE": "enable=no"])
    // A shell gives 128 and the signal's number.
    let number = ["SEGV": 11, "ABRT": 6, "ILL": 4][signal]
    #expect(outcome.status == number.map { 128 + $0 }, "\(outcome.errors)")
    #expect(!outcome.errors.contains("out of memory"), "\(outcome.errors)")
  }
}
