import ArgumentParser
import AtomicFiles
import Localization

/// The entry point of the command. What the parser throws is a usage error (64); what the program throws explains in both
/// languages what to do (2).
@main
enum Main {
  static func main() {
    StagingGuard.runIfAsked()
    MemoryShortage.watch()
    ByteWriter.ignoreSIGPIPE()
    ProgressMeter.start()
    defer { ProgressMeter.stop() }
    do {
      try Arguments.requireText()
      var command = try RootCommand.parseAsRoot()
      try command.run()
    } catch is ClosedPipe {
      // The reader of the output has ended, which is not an error.
      return
    } catch let error as any LocalizedFailure {
      Console.report(error.explanation)
      RootCommand.exit(withError: ExitStatus.unreadable)
    } catch {
      ProgressMeter.stop()
      RootCommand.exit(withError: error)
    }
  }
}

/// The exit codes of the contract.
enum ExitStatus {
  /// Findings that fail the check.
  static let findings = ExitCode(1)
  /// An input that cannot be read as a catalog, or an output that cannot be written.
  static let unreadable = ExitCode(2)
}
