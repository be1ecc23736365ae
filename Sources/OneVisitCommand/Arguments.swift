import ArgumentParser
import Localization

/// The arguments as the system gave them.
enum Arguments {
  /// Refuses arguments that are not UTF-8: Swift would put U+FFFD for what it cannot read, and another file might be read
  /// or written than was named. File names in GBK come out of old archives.
  /// - Throws: a usage error that shows the argument, other bytes as `\\xB9`.
  static func requireText() throws {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil else { continue }
      let shown = VisibleText.line(readable(argument))
      throw ValidationError(
        say(
          "第 \(index) 个参数“\(shown)”不是 UTF-8。请把该文件或文件夹改为 UTF-8 名称（例如用 convmv -f gbk -t utf-8）后重试。",
          "argument \(index), “\(shown)”, is not UTF-8. Give the file or folder a name in UTF-8 (for instance by "
            + "convmv -f gbk -t utf-8) and run it again."))
    }
  }

  private static func readable(_ argument: UnsafePointer<CChar>) -> String {
    var text = ""
    var index = 0
    while argument[index] != 0 {
      // The longest character that begins here.
      var length = 4
      var found: String?
      while length > 0, found == nil {
        let bytes = (index..<index + length).prefix { argument[$0] != 0 }.map { UInt8(bitPattern: argument[$0]) }
        if bytes.count == length { found = String(validating: bytes, as: UTF8.self) }
        if let character = found, character.unicodeScalars.count != 1 { found = nil }
        if found == nil { length -= 1 }
      }
      if let found {
        text += found
        index += length
      } else {
        let digits = String(UInt8(bitPattern: argument[index]), radix: 16, uppercase: true)
        text += "\\x" + digits
        index += 1
      }
    }
    return text
  }
}
