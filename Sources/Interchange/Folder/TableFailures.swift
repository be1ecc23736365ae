import Localization

/// A table cannot be rewritten because it holds undecodable bytes, which would be lost.
package struct TableNotRewritable: LocalizedFailure, Hashable {
  package var file: String

  package init(file: String) { self.file = file }

  package var explanation: LocalizedText {
    LocalizedText(
      zh: "没有改写 \(file)：其中有无法识别的字节，改写会丢失它们。请先把该文件另存为 UTF-8。",
      en: "did not rewrite \(file): it has undecodable bytes, which would be lost. Save it as UTF-8 first.")
  }
}

/// A table cannot be rewritten because it is a symbolic link: the file that it leads to, which others may use, would not
/// change.
package struct TableIsLink: LocalizedFailure, Hashable {
  package var file: String

  package init(file: String) { self.file = file }

  package var explanation: LocalizedText {
    LocalizedText(
      zh: "没有改写 \(file)：它是符号链接，所指的文件不在本文件夹内。请把该文件移到这里，或导入到它所在的文件夹。",
      en:
        "did not rewrite \(file): it is a symbolic link to a file outside this folder. Move that file here, or "
        + "import into the folder that contains it.")
  }
}
