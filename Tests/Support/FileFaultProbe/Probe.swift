import AtomicFiles
import Platform

/// A program that replaces folders and files, for the tests to kill, to trace and to deprive of rights.
///
///     FileFaultProbe folder|aside DIR TAG    replaces ten files of a folder, each holding TAG over and over
///     FileFaultProbe loop|asideloop DIR TAG  the same for ever, TAG counted up
///     FileFaultProbe add|addaside DIR NAME   adds one file to a folder
///     FileFaultProbe file|named PATH TAG     replaces a file
///     FileFaultProbe fileloop PATH TAG       the same for ever
///     FileFaultProbe lines PATH TAG          writes a hundred thousand lines
///     FileFaultProbe hold DIR TAG            takes the lock of a folder, says so on standard output, and waits
///
/// With `nobody` before all else it gives its rights up first. It ends with 0, with the `errno` of a failure, with 200
/// where another writer is busy, 201 where the folder was changed, 202 where a pipe was closed.
@main
struct Probe {
  static func main() {
    StagingGuard.runIfAsked()
    ByteWriter.ignoreSIGPIPE()
    var words = Array(CommandLine.arguments.dropFirst())
    if words.first == "nobody" {
      words.removeFirst()
      guard setgid(65534) == 0, setuid(65534) == 0 else { exit(250) }
    }
    guard words.count == 3 else { exit(64) }
    do {
      try run(words[0], words[1], words[2])
    } catch let failure as FileFailure {
      exit(failure.code.rawValue)
    } catch is FolderBusy {
      exit(200)
    } catch is FolderChanged {
      exit(201)
    } catch is ClosedPipe {
      exit(202)
    } catch {
      exit(255)
    }
  }

  static func run(_ command: String, _ path: String, _ tag: String) throws {
    switch command {
    case "folder", "aside": try folder(path, tag, exchange: command == "folder")
    case "loop", "asideloop":
      var turn = Int(tag) ?? 0
      while true {
        try folder(path, "\(turn)", exchange: command == "loop")
        turn += 1
      }
    case "add", "addaside":
      let folder = try FolderReplacement(at: path, waiting: 60, guardian: .own, canExchange: command == "add")
      try folder.write(tag) { writer in try fill(writer, tag) }
      try folder.commit()
    case "file", "named": try file(path, tag, nameless: command == "file")
    case "fileloop":
      var turn = Int(tag) ?? 0
      while true {
        try file(path, "\(turn)", nameless: turn % 2 == 0)
        turn += 1
      }
    case "lines":
      try FileReplacement.write(to: path) { writer in
        for _ in 0..<100_000 { try writer.append(tag + "\n") }
      }
    case "hold":
      let folder = try FolderReplacement(at: path, waiting: 0)
      let writer = ByteWriter.standardOutput()
      try writer.append(literal: "held\n")
      try writer.flush()
      sleep(60)
      folder.abandon()
    default: exit(64)
    }
  }

  static func folder(_ path: String, _ tag: String, exchange: Bool) throws {
    let folder = try FolderReplacement(at: path, waiting: 60, guardian: .own, canExchange: exchange)
    for number in 0..<10 {
      try folder.write("表\(number).csv") { writer in try fill(writer, tag) }
    }
    try folder.commit()
  }

  static func file(_ path: String, _ tag: String, nameless: Bool) throws {
    let file = try FileReplacement(at: path, guardian: .own, nameless: nameless)
    try fill(file.writer, tag)
    try file.commit()
  }

  static func fill(_ writer: ByteWriter, _ tag: String) throws {
    for _ in 0..<2000 { try writer.append(tag + "\n") }
  }
}
