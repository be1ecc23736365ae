import AtomicFiles
import Localization
import Platform
import Reports
import Validator

/// The terminal and the environment: the only place where the program looks at either, and the only door to standard error.
enum Console {
  /// The language of messages: `--language`, else the locale (LC_ALL, LC_MESSAGES, LANG).
  static let language: Language = {
    var arguments = CommandLine.arguments.dropFirst()
    while let argument = arguments.popFirst() {
      if argument == "--" { break }
      if argument == "--language", let value = arguments.first, let language = Language(rawValue: value) {
        return language
      }
      if argument.hasPrefix("--language="), let language = Language(rawValue: String(argument.dropFirst(11))) {
        return language
      }
    }
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let value = environment(name), !value.isEmpty { return Language(locale: value) }
    }
    return .english
  }()

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  // MARK: Messages

  /// Writes a line to standard error. It stays one line whatever the text holds.
  static func note(_ text: LocalizedText) { send(VisibleText.line(text[language]) + "\n") }

  /// Writes a line to standard error that begins as every error does.
  static func error(_ text: LocalizedText) {
    send(localized("错误：", "error: ") + VisibleText.line(text[language]) + "\n")
  }

  /// Writes lines to standard error, made safe to print.
  static func write(_ text: String) { send(VisibleText.block(text)) }

  private static func send(_ text: String) {
    ProgressMeter.clear()
    // A failure to write to standard error cannot be reported anywhere.
    let writer = ByteWriter(descriptor: 2, path: "/dev/stderr", capacity: text.utf8.count)
    try? writer.append(text)
    try? writer.flush()
  }

  /// Writes the time of each rule, the slowest first: `rule<TAB>milliseconds`.
  static func report(timings result: Validation) {
    let lines = result.timings.sorted { $0.nanoseconds > $1.nanoseconds }.map { timing in
      let micros = timing.nanoseconds / 1000
      let fraction = String(micros % 1000)
      return "\(timing.rule)\t\(micros / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)\n"
    }
    send(lines.joined())
  }

  // MARK: The terminal

  /// Whether a stream is a terminal that takes colours: NO_COLOR and a dumb terminal say no.
  static func takesColour(_ descriptor: Int32) -> Bool {
    guard isatty(descriptor) == 1 else { return false }
    if let value = environment("NO_COLOR"), !value.isEmpty { return false }
    return environment("TERM") != "dumb"
  }

  /// How many columns the terminal has; nil if standard output is not a terminal.
  static var width: Int? {
    guard isatty(1) == 1 else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// How text for people is shown on standard output.
  static var style: TextStyle { TextStyle(hasColor: takesColour(1), width: width) }

  // MARK: Results

  /// Writes text for people to standard output, made safe to print.
  static func print(_ text: String) throws {
    try output(to: nil) { writer in try writer.append(VisibleText.block(text)) }
  }

  /// Writes lines for people to standard output. Each stays one line whatever it holds.
  static func print(_ lines: [LocalizedText]) throws {
    try output(to: nil) { writer in
      for line in lines { try writer.append(VisibleText.line(line[language]) + "\n") }
    }
  }

  /// Refuses to write a workbook to a terminal.
  static func refuseTerminal(_ path: String?) throws(UsageError) {
    guard path == nil || path == "-", isatty(1) == 1 else { return }
    throw UsageError(
      zh: "工作簿不能写到终端。请用 -o 指定文件，例如 -o catalog.xlsx。",
      en: "a workbook cannot be written to a terminal. Name a file with -o, such as -o catalog.xlsx.")
  }

  /// Writes a result to a file, as a whole or not at all, or to standard output if no file is named.
  ///
  /// - Parameter mayReplaceInput: the result is the input corrected, which may take its place.
  /// - Throws: a usage error if the file is one that was read.
  static func output(
    to path: String?, mayReplaceInput: Bool = false, _ body: (ByteWriter) throws -> Void
  ) throws {
    if let path, path != "-", !mayReplaceInput { try InputFiles.refuse(path) }
    // While a file is written the meter goes on; on the terminal the result has the screen for itself.
    if path == nil || path == "-" { ProgressMeter.stop() }
    let progress = ProgressMeter.progress
    progress.begin(.writing, total: 0)
    defer { progress.end() }
    if let path, path != "-" {
      try FileReplacement.write(to: path, progress: progress, body)
    } else {
      let writer = ByteWriter.standardOutput(progress: progress)
      try body(writer)
      try writer.flush()
    }
  }
}

/// One of two texts, by the language of messages: for help, which is made before any option is read.
func localized(_ zh: String, _ en: String) -> String { Console.language == .chinese ? zh : en }

/// `1 matter`, `2 matters`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
