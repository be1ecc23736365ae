import Localization

/// A command line that the program does not accept: exit status 64.
struct UsageError: Error {
  var text: LocalizedText
  /// The command whose usage is shown below the message; nil where the form of the command line is right and a name in it
  /// is not.
  var command: CommandPath?

  init(_ text: LocalizedText, usageOf command: CommandPath? = nil) {
    self.text = text
    self.command = command
  }

  init(zh: String, en: String) { self.init(LocalizedText(zh: zh, en: en)) }
}

extension LocalizedText {
  /// `Did you mean …?` as a sentence to follow another, or nothing.
  static func suggestion(_ nearest: String?) -> LocalizedText {
    guard let nearest else { return LocalizedText(zh: "", en: "") }
    return LocalizedText(zh: "您要用的是不是“\(nearest)”？", en: " Did you mean “\(nearest)”?")
  }

  /// The same for a command or an option, which is shown as it is typed.
  static func suggestion(typed nearest: String?) -> LocalizedText {
    guard let nearest else { return LocalizedText(zh: "", en: "") }
    return LocalizedText(zh: "您要用的是不是 `\(nearest)`？", en: " Did you mean `\(nearest)`?")
  }
}
