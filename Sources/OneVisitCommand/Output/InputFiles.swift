import Catalog
import Platform
import Synchronization

/// The files that the command has read its catalogs from. None of them is written over by a result: `-o matters.csv` would
/// put a report in the place of the table.
enum InputFiles {
  private static let paths = Mutex<[String]>([])

  static func add(_ catalog: Catalog) {
    var read = catalog.sources.map(\.file)
    if case .folder(let folder) = catalog.origin { read.append(folder + "/" + Descriptor.fileName) }
    paths.withLock { $0 += read }
  }

  /// - Throws: a usage error if `output` is one of the files.
  static func refuse(_ output: String) throws {
    guard let input = paths.withLock({ $0.first { InputFiles.isSame($0, output) } }) else { return }
    if input == output {
      throw UsageError(
        zh: "\(output) 正在读取，结果写进去会把它覆盖。请用 -o 指定另一个文件。",
        en: "\(output) is being read; the result would replace it. Name another file with -o.")
    }
    throw UsageError(
      zh: "\(output) 就是正在读取的 \(input)，结果写进去会把它覆盖。请用 -o 指定另一个文件。",
      en: "\(output) is \(input), which is being read; the result would replace it. Name another file with -o.")
  }

  /// Whether two paths are one file; false if one of them does not exist.
  static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
}
