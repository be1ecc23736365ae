import ArgumentParser
import AtomicFiles
import Platform

/// The program's entry.
@main
enum Main {
  static func main() {
    StagingGuard.runIfAsked()
    MemoryShortage.watch()
    ByteWriter.ignoreSIGPIPE()
    ProgressMeter.start()
    let status = Execution.run(Arguments.given)
    ProgressMeter.stop()
    exit(status)
  }
}

/// The exit codes of the contract. 0 is success; 64, wrong usage, is `ExitCode.validationFailure`.
enum ExitStatus {
  /// Findings that fail the check.
  static let findings = ExitCode(1)
  /// An input that cannot be read as a catalog, or an output that cannot be written.
  static let unreadable = ExitCode(2)
}
