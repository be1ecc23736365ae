import Localization
import Platform

/// A file or folder that could not be read or written: which one, what was tried, and why (`errno`).
package struct FileFailure: LocalizedFailure, Hashable {
  package enum Operation: Sendable, Hashable {
    case read, write, makeFolder, replace
    /// To use the path as a folder: it is a file.
    case useFolder
  }

  package var operation: Operation
  package var path: String
  /// The `errno` of the call that failed.
  package var code: Errno

  package init(_ operation: Operation, _ path: String, code: Errno) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The failure of the call that has just failed (`errno`).
  package init(_ operation: Operation, _ path: String) {
    self.init(operation, path, code: .last)
  }

  /// The code of something that already exists.
  package static let occupied = Errno.fileExists

  /// The code of something that is neither an ordinary file nor a folder.
  package static let special = Errno.illegalSeek

  /// The code of a pipe from which more comes than is read (`InputFile.pipeLimit`).
  package static let endless = Errno.overflow

  /// The code of a folder that other programs keep replacing while it is read.
  package static let replaced = Errno.staleNFSFileHandle

  /// Whether there is no such file or folder.
  package var isMissing: Bool { code == .noSuchFileOrDirectory }

  package var explanation: LocalizedText { described(reason) }

  /// What is wrong, without what to do.
  package var problem: LocalizedText {
    let reason = reason
    return described(
      LocalizedText(
        zh: String(reason.zh[..<FileFailure.endOfProblem(reason.zh, "。")]),
        en: String(reason.en[..<FileFailure.endOfProblem(reason.en, ". ")]).trimmingBlanks))
  }

  /// What to do; nil where the reason does not say it.
  package var fix: LocalizedText? {
    let reason = reason
    let zh = String(reason.zh[FileFailure.endOfProblem(reason.zh, "。")...]).trimmingBlanks
    let en = String(reason.en[FileFailure.endOfProblem(reason.en, ". ")...]).trimmingBlanks
    return zh.isEmpty || en.isEmpty ? nil : LocalizedText(zh: zh, en: en)
  }

  /// A reason is a sentence; sentences that say what to do may follow.
  private static func endOfProblem(_ reason: String, _ stop: String) -> String.Index {
    reason.firstRange(of: stop)?.upperBound ?? reason.endIndex
  }

  private var reason: LocalizedText {
    switch (operation, code) {
    case (.useFolder, .notDirectory):
      LocalizedText(zh: "这是文件，不是文件夹。请给出文件夹。", en: "this is a file, not a folder. Name a folder.")
    case (.makeFolder, .noSuchFileOrDirectory):
      LocalizedText(
        zh: "它的上级文件夹不存在。请先建立上级文件夹，或核对路径。",
        en: "the folder that it should be in does not exist. Create that folder first, or check the path.")
    default: FileFailure.reason(code)
    }
  }

  private func described(_ reason: LocalizedText) -> LocalizedText {
    switch operation {
    case .read where path.isEmpty, .useFolder where path.isEmpty:
      LocalizedText(zh: "路径是空的。", en: "the path is empty.")
    case .read:
      LocalizedText(zh: "无法读取 \(path)：\(reason.zh)", en: "cannot read \(path): \(reason.en)")
    case .write:
      LocalizedText(zh: "无法写入 \(path)：\(reason.zh)", en: "cannot write \(path): \(reason.en)")
    case .makeFolder:
      LocalizedText(zh: "无法建立文件夹 \(path)：\(reason.zh)", en: "cannot create the folder \(path): \(reason.en)")
    case .replace:
      LocalizedText(zh: "无法替换 \(path)：\(reason.zh)", en: "cannot replace \(path): \(reason.en)")
    case .useFolder:
      LocalizedText(zh: "不能把 \(path) 用作文件夹：\(reason.zh)", en: "cannot use \(path) as a folder: \(reason.en)")
    }
  }

  private static func reason(_ code: Errno) -> LocalizedText {
    switch code {
    case .noSuchFileOrDirectory:
      LocalizedText(zh: "没有这个文件或文件夹。请核对路径。", en: "no such file or folder. Check the path.")
    case .isDirectory:
      LocalizedText(zh: "这是文件夹，不是文件。", en: "this is a folder, not a file.")
    case .illegalSeek:
      LocalizedText(
        zh: "这是设备或套接字，不是普通文件。请换成普通文件。", en: "this is a device or a socket. Use an ordinary file."
      )
    case .badFileDescriptor:
      LocalizedText(zh: "它已经关闭。请给出输出的位置。", en: "it is closed. Give the output a place to go.")
    case .overflow:
      LocalizedText(
        zh: "从管道读入超过 \(InputFile.pipeLimit >> 30) GB 仍未结束，已停止。若确有这么多内容，请先存成文件再读取。",
        en:
          "more than \(InputFile.pipeLimit >> 30) GB came from the pipe without an end. If there is so much, write it to a file and read that."
      )
    case .wouldBlock:
      LocalizedText(
        zh: "这个文件现在没有内容可读。请换成普通文件。", en: "this file has nothing to read now. Use an ordinary file.")
    case .staleNFSFileHandle:
      LocalizedText(
        zh: "其他程序不断替换这个文件夹。请等它们结束后重试。",
        en: "other programs keep replacing this folder. Run it again when they have finished.")
    case .notDirectory:
      LocalizedText(zh: "路径中有一段不是文件夹。", en: "part of the path is not a folder.")
    case .permissionDenied, .notPermitted:
      LocalizedText(zh: "没有权限。请换一个位置，或请管理员授权。", en: "no permission. Choose another location, or ask for access.")
    case .readOnlyFileSystem:
      LocalizedText(zh: "该位置只读。请换一个位置。", en: "the location is read-only. Choose another.")
    case .noSpace, .diskQuotaExceeded:
      LocalizedText(zh: "磁盘已满。请腾出空间后重试。", en: "the disk is full. Free some space and run it again.")
    case .fileTooLarge:
      LocalizedText(
        zh: "超过了允许的文件大小（ulimit -f）。请放宽限制后重试。",
        en: "the file would exceed the largest size allowed (ulimit -f). Raise the limit and run it again.")
    case .ioError:
      LocalizedText(zh: "磁盘读写出错。请检查磁盘后重试。", en: "the disk reported an error. Check the disk and run it again.")
    case .noMemory:
      LocalizedText(zh: "内存不足。", en: "not enough memory.")
    case .fileExists, .directoryNotEmpty:
      LocalizedText(zh: "已存在。请换一个名称，或先移走原有内容。", en: "it already exists. Choose another name, or move it away first.")
    case .resourceBusy:
      LocalizedText(
        zh: "正在使用中，或其上挂载了文件系统。请换用其中的一个子文件夹。",
        en: "it is in use, or a file system is mounted on it. Use a folder inside it.")
    case .improperLink:
      LocalizedText(
        zh: "其中有另一个文件系统的文件夹。请先移走。", en: "a folder in it belongs to another file system. Move that folder away first.")
    case .fileNameTooLong:
      LocalizedText(zh: "名称太长。", en: "the name is too long.")
    case .tooManySymbolicLinkLevels:
      LocalizedText(zh: "符号链接互相指向。", en: "symbolic links refer to one another.")
    default:
      {
        let text = code.description
        return LocalizedText(zh: "\(text)", en: "\(text)")
      }()
    }
  }
}
