import AtomicFiles
import Localization
import Platform
import Validator

/// The terminal and the environment: the only position where the program looks at either.
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

  /// Writes a line to standard error.
  static func say(_ text: LocalizedText) {
    // What comes from a catalog may hold escape sequences; a terminal must not obey them.
    write(VisibleText.block(text[language]) + "\n")
  }

  /// Tells an error.
  static func report(_ text: LocalizedText) {
    write((language == .chinese ? "错误：" : "error: ") + VisibleText.block(text[language]) + "\n")
  }

  private static func write(_ text: String) {
    ProgressMeter.clear()
    // An error stream that is closed is nobody's concern.
    let writer = ByteWriter(descriptor: 2, path: "/dev/stderr")
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
    write(lines.joined())
  }

  /// Whether a stream is a terminal that takes colours: NO_COLOR and a dumb terminal say no.
  static func takesColour(_ descriptor: Int32) -> Bool {
    guard isatty(descriptor) == 1 else { return false }
    if let value = environment("NO_COLOR"), !value.isEmpty { return false }
    return environment("TERM") != "dumb"
  }

  /// How many columns the terminal has; nil if standard output is none.
  static var width: Int? {
    guard isatty(1) == 1 else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes a result to a file, as a whole or not at all, or to standard output if no file is named.
  static func output(to path: String?, _ body: (ByteWriter) throws -> Void) throws {
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

/// One of two texts, by the language that was asked for: for help, which is made before any option is read.
func say(_ zh: String, _ en: String) -> String {
  Console.language == .chinese ? zh : en
}

/// `1 matter`, `2 matters`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
