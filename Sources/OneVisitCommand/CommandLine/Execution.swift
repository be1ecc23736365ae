import ArgumentParser
import AtomicFiles
import Localization

/// Runs the command that the arguments name, and turns every failure into a message and an exit status.
enum Execution {
  /// - Returns: the exit status of the contract.
  static func run(_ commandLine: some Sequence<String>) -> Int32 {
    var words: [String] = []
    do {
      let arguments = try Arguments(commandLine)
      words = arguments.words
      if let line = PlainCommandLine(words) {
        try line.run()
      } else if let path = try arguments.commandToExplain() {
        try show(path)
      } else {
        try RepeatedOptions.refuse(words)
        var command = try parsed(words)
        try command.run()
      }
      return ExitCode.success.rawValue
    } catch {
      return report(error, words)
    }
  }

  /// The command that the words name, with the values of its options.
  ///
  /// The parser is given the command alone, so that it describes only this one and not the root as well. What it does not
  /// accept so is parsed from the root, whose messages name the whole path.
  /// - Throws: what the parser throws.
  static func parsed(_ words: [String]) throws -> any ParsableCommand {
    let path = CommandPath(words)
    let own = Array(words.dropFirst(path.commands.count - 1))
    // A request for help is answered with the parser's own command, which knows only what it was given.
    if !path.hasSubcommands, let command = try? path.command.parseAsRoot(own), type(of: command) == path.command {
      return command
    }
    return try RootCommand.parseAsRoot(words)
  }

  private static func report(_ error: any Error, _ words: [String]) -> Int32 {
    switch error {
    case is ClosedPipe:
      // The reader of the output needs no more of it.
      return ExitCode.success.rawValue
    case let error as UsageError:
      Console.error(error.text)
      if let command = error.command {
        Console.write(HelpPage(command, language: Console.language, width: Console.width).usage)
      }
      return ExitCode.validationFailure.rawValue
    case let error as ValidationError:
      Console.error(LocalizedText(zh: error.message, en: error.message))
      return ExitCode.validationFailure.rawValue
    case let code as ExitCode: return code.rawValue
    case let failure as any LocalizedFailure:
      Console.error(failure.explanation)
      return ExitStatus.unreadable.rawValue
    default: return reportParser(error, words)
    }
  }

  /// What the argument parser throws: a request for a page or a script, or a command line that it does not accept.
  private static func reportParser(_ error: any Error, _ words: [String]) -> Int32 {
    switch RootCommand.exitCode(for: error) {
    case .success:
      do {
        let text = RootCommand.message(for: error)
        if text.hasPrefix("OVERVIEW: ") {
          // Whoever asks for help with an option has been answered before. The parser takes an h in -dash.csv for one.
          if let word = Arguments.shortOptions(in: words).first { throw Arguments.unknownShortOptions(word, words) }
          try show(CommandPath(words))
        } else {
          // The version, or a script for a shell.
          try Console.output(to: nil) { writer in try writer.append(text + "\n") }
        }
        return ExitCode.success.rawValue
      } catch {
        return report(error, words)
      }
    case .validationFailure:
      let path = failedCommand(error) ?? CommandPath(words)
      let options = HelpPage(path, language: Console.language, width: nil).optionNames
      return report(
        ParserMessage.usageError(RootCommand.message(for: error), of: path, options: options, words: words), words)
    default:
      Console.error(LocalizedText(zh: "程序内部出错：\(error)", en: "internal failure: \(error)"))
      return ExitStatus.unreadable.rawValue
    }
  }

  /// The command that was being parsed, which the last line of the parser's message names.
  private static func failedCommand(_ error: any Error) -> CommandPath? {
    let line = RootCommand.fullMessage(for: error).split(separator: "\n").last ?? ""
    guard line.hasPrefix("  See '"), let end = line.firstRange(of: " --help'") else { return nil }
    return CommandPath(
      line[..<end.lowerBound].dropFirst("  See '".count).split(separator: " ").dropFirst().map(String.init))
  }

  private static func show(_ path: CommandPath) throws {
    try Console.print(HelpPage(path, language: Console.language, width: Console.width).text)
  }
}
