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
