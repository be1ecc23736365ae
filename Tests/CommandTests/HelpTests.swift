import Localization
import TestSupport
import Testing

/// `--help`, `help` and `--version` in both languages.
@Suite("Help") struct HelpTests {
  static let commands = [
    [], ["validate"], ["list"], ["show"], ["departments"], ["approvals"], ["deadlines"], ["diff"],
    ["compare-lists"], ["export"],
    ["export", "xml"],
    ["export", "csv"], ["export", "json"], ["import"], ["init"], ["rules"], ["merge"], ["git-setup"], ["textconv"],
  ]

  @Test("Each way of asking prints the same page", arguments: commands)
  func waysToAsk(_ command: [String]) throws {
    for language in ["zh", "en"] {
      let page = try Program.run(Program.onevisit, command + ["--help", "--language", language])
      #expect(page.status == 0 && page.errors.isEmpty && page.lines.count > 5)
      for arguments in [
        command + ["-h"], ["help"] + command, ["--language", language, "help"] + command, command + ["--help-hidden"],
      ] {
        let other = try Program.run(Program.onevisit, arguments + ["--language=\(language)"])
        #expect(other.status == 0 && other.bytes == page.bytes, "\(arguments)")
      }
    }
  }

  @Test("The pages as they are kept", arguments: ["zh", "en"])
  func pages(_ language: String) throws {
    for command in [[], ["list"], ["export"], ["export", "xml"]] {
      let page = try Program.run(Program.onevisit, command + ["--help", "--language", language])
      try golden.check(page.bytes, (["help"] + command).joined(separator: "-") + ".\(language).txt")
    }
  }

  @Test("A Chinese page has none of the parser's English", arguments: commands)
  func noEnglish(_ command: [String]) throws {
    let page = try Program.run(Program.onevisit, command + ["--help", "--language", "zh"]).output
    for word in [
      "OVERVIEW", "USAGE", "ARGUMENTS", "OPTIONS", "SUBCOMMANDS", "Show ", "See '", "default:", "values:", "<path>",
      "<file>", "<subcommand>",
    ] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("用法：onevisit"))
  }

  @Test("No line is wider than 80 columns, a Chinese character counting as two", arguments: commands)
  func widths(_ command: [String]) throws {
    for language in ["zh", "en"] {
      let page = try Program.run(Program.onevisit, command + ["--help", "--language", language])
      for line in page.lines { #expect(DisplayWidth.of(line) <= 80, "\(line)") }
    }
  }

  @Test("Every page lists --language", arguments: commands)
  func languageOption(_ command: [String]) throws {
    #expect(try Program.run(Program.onevisit, command + ["--help"]).output.contains("--language <zh|en>"))
  }

  @Test("Help on a command that does not exist is wrong usage")
  func unknownCommand() throws {
    for arguments in [["help", "nope"], ["help", "export", "nope"], ["nope", "--help"], ["export", "nope", "-h"]] {
      let outcome = try Program.run(Program.onevisit, arguments)
      #expect(outcome.status == 64 && outcome.bytes.isEmpty, "\(arguments)")
      #expect(outcome.errors.hasPrefix("error: there is no command “nope”."), "\(arguments)")
    }
    #expect(try onevisit("help", "validat").errors.contains("Did you mean `validate`?"))
    #expect(try onevisit("help", "--nope").status == 64)
  }

  @Test("Without a subcommand, the page of the command is printed")
  func noSubcommand() throws {
    for command in [[], ["export"]] {
      let outcome = try Program.run(Program.onevisit, command + ["--language", "zh"])
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      #expect(outcome.bytes == (try Program.run(Program.onevisit, command + ["--help", "--language", "zh"]).bytes))
    }
  }

  @Test("Help, version and completion scripts on a full device end with status 2")
  func fullDevice() throws {
    for arguments in ["--help", "help export xml", "--version", "--generate-completion-script bash", "", "export"] {
      let outcome = try Program.shell("\"$onevisit\" \(arguments) > /dev/full")
      #expect(outcome.status == 2 && outcome.errors.hasPrefix("error: "), "\(arguments)")
    }
  }
}
