import ArgumentParser

/// A command by the way to it from the root: `onevisit export xml`.
struct CommandPath {
  /// From the root on; never empty.
  private(set) var commands: [any ParsableCommand.Type] = [RootCommand.self]

  /// The path to the command that the first words name, and the first word that names none where one is expected.
  init<Words: Sequence<String>>(_ words: Words, unknown: inout String?) {
    for word in words {
      if Arguments.isHelpFlag(word) { continue }
      guard !word.hasPrefix("-"), hasSubcommands else { return }
      guard let next = subcommands.first(where: { CommandPath.name($0) == word }) else {
        unknown = word
        return
      }
      commands.append(next)
    }
  }

  /// The path to the command that the first words name.
  init(_ words: some Sequence<String>) {
    var unknown: String?
    self.init(words, unknown: &unknown)
  }

  var command: any ParsableCommand.Type { commands.last ?? RootCommand.self }
  /// As it is typed.
  var name: String { commands.map { CommandPath.name($0) }.joined(separator: " ") }
  var hasSubcommands: Bool { !subcommands.isEmpty }
  var subcommandNames: [String] { subcommands.map { CommandPath.name($0) } }

  private var subcommands: [any ParsableCommand.Type] { command.configuration.subcommands }

  private static func name(_ command: any ParsableCommand.Type) -> String { command.configuration.commandName ?? "" }
}
