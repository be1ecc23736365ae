import Localization

/// Another program is writing the same folder and has not finished within the time allowed.
package struct FolderBusy: LocalizedFailure, Hashable {
  package var path: String

  package init(path: String) { self.path = path }

  package var explanation: LocalizedText {
    LocalizedText(
      zh: "无法替换 \(path)：另一个程序正在写入该文件夹。请等它结束后重试。",
      en: "cannot replace \(path): another program is writing this folder. Run it again when that program has finished."
    )
  }
}

/// The folder to be replaced is the working folder of this process, or contains it. Replacing it would leave the shell in a
/// folder that is gone.
package struct FolderIsWorkedIn: LocalizedFailure, Hashable {
  package var path: String
  /// The folder's own name.
  package var name: String

  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  package var explanation: LocalizedText {
    LocalizedText(
      zh: "无法替换 \(path)：命令正在这个文件夹里运行，整体替换之后当前位置就不存在了。请先退到它的外面（cd ..），再用文件夹名“\(name)”运行。",
      en:
        "cannot replace \(path): the command runs inside this folder, which is replaced as a whole and would be gone. "
        + "Go outside it first (cd ..) and name the folder “\(name)”.")
  }
}

/// Files of a folder were changed after it had been read and before it could be replaced. Replacing it now would lose
/// the change.
package struct FolderChanged: LocalizedFailure, Hashable {
  package var path: String

  package init(path: String) { self.path = path }

  package var explanation: LocalizedText {
    LocalizedText(
      zh: "没有替换 \(path)：读取之后其中的文件被改动。请重新运行。",
      en: "did not replace \(path): files in it were changed after it had been read. Run it again.")
  }
}
