import ArgumentParser
import Files
import Wording

/// The command's entry. What the parser throws is a matter of usage (64); what the program throws says in both languages
/// what to do (2).
@main
enum Main {
  static func main() {
    StagingGuard.runIfAsked()
    MemoryShortage.watch()
    Sink.ignoreSIGPIPE()
    ProgressMeter.start()
    defer { ProgressMeter.stop() }
    do {
      try Arguments.requireText()
      var command = try OneVisit.parseAsRoot()
      try command.run()
    } catch is ClosedPipe {
      // Whoever read the output has seen enough: no error.
      return
    } catch let error as any Explained {
      Console.complain(error.explanation)
      OneVisit.exit(withError: ExitStatus.unreadable)
    } catch {
      ProgressMeter.stop()
      OneVisit.exit(withError: error)
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
