import AtomicFiles
import CSVFormat

/// Matters as their rows come in.
package final class MatterRows: @unchecked Sendable {
  package internal(set) var rows: [Matter] = []
  package var issues: [ReadingIssue] = []

  let ids = TextInterner(.matterID)
  let names = TextInterner(.matterName)
  let leads = TextInterner(.lead)
  let deadlines = TextInterner(.deadline)
  let remarks = TextInterner(.remark)
  let includes = TextInterner(.includes)
  let placeholders = TextInterner(.placeholder)
  let listNames = TextInterner(.list)
  let audienceNames = TextInterner(.audience)
  private var listOfName: [Int32] = [-1]
  /// The lists by id, title and annex: the first that answers to a text.
  private var listOfText: [String: Int32] = [:]
  private var audienceOfName: [Audience?] = [nil]
  /// The columns that have no place in `Matter`.
  private(set) var extras: ExtraTexts

  init(extraColumns: [Column] = []) { extras = ExtraTexts(extraColumns) }

  func setLists(_ lists: [MatterList]) {
    for (index, list) in lists.enumerated() {
      for text in [list.id, list.title, list.annex] where listOfText[text] == nil { listOfText[text] = Int32(index) }
    }
  }

  /// Texts may point into `bytes` from now on: cells are not copied.
  package func own(_ bytes: Bytes) {
    for pool in [ids, names, leads, deadlines, remarks, includes, placeholders] { pool.own(bytes) }
  }

  package func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// Hands the rows over without a copy.
  func takeRows() -> [Matter] {
    defer { rows = [] }
    return rows
  }

  /// Adds a matter.
  ///
  /// - Parameters:
  ///   - cells: one for each `MatterColumn`, then one for each extra column; nil where the row has none.
  ///   - stable: they point into bytes that were handed to `own`, so that texts need not be copied.
  package func add(_ cells: UnsafePointer<RawCell>, stable: Bool, source: Int, row: Int) {
    var unknown: UInt16 = 0
    let index = rows.count

    // Handed over, not captured: a captured variable is an allocation for every matter.
    @inline(__always)
    func name(_ column: MatterColumn, _ pool: TextInterner, trim: Bool, filled: Bool, _ unknown: inout UInt16) -> TextID
    {
      guard var bytes = cells[column.rawValue] else {
        unknown |= 1 << column.rawValue
        return TextID(pool: pool.kind, index: 0)
      }
      if trim { bytes = CellReading.trimmed(bytes) }
      guard let base = bytes.baseAddress, bytes.count > 0 else {
        if filled {
          unknown |= 1 << column.rawValue
          report(.missingValue, column, source, row, index)
        }
        return TextID(pool: pool.kind, index: 0)
      }
      return stable ? pool.intern(base, bytes.count) : pool.internCopying(bytes)
    }

    let id = name(.id, ids, trim: true, filled: true, &unknown)
    if !id.isEmpty, !CellReading.isMatterID(ids.bytes(id.index)) {
      report(.malformedValue(.matterID), .id, source, row, index, ids.bytes(id.index))
    }
    let matterName = name(.name, names, trim: false, filled: true, &unknown)
    let lead = name(.lead, leads, trim: false, filled: true, &unknown)
    let deadline = name(.deadline, deadlines, trim: false, filled: true, &unknown)
    let remark = name(.remark, remarks, trim: false, filled: false, &unknown)
    let included = name(.includes, includes, trim: true, filled: false, &unknown)
    let placeholder = name(.placeholder, placeholders, trim: true, filled: false, &unknown)

    let listName: TextID
    if let bytes = cells[MatterColumn.list.rawValue], !CellReading.trimmed(bytes).isEmpty {
      listName = listNames.internCopying(CellReading.trimmed(bytes))
      while listOfName.count < listNames.count {
        let text = listNames.text(listOfName.count)
        listOfName.append(listOfText[text] ?? -1)
      }
      if listOfName[listName.index] < 0 {
        unknown |= 1 << MatterColumn.list.rawValue
        report(.unknownList, .list, source, row, index, bytes)
      }
    } else {
      listName = name(.list, listNames, trim: true, filled: true, &unknown)
    }

    var number: Int32 = -1
    if let bytes = cells[MatterColumn.number.rawValue] {
      if let value = CellReading.number(bytes), value > 0 {
        number = value
      } else {
        unknown |= 1 << MatterColumn.number.rawValue
        report(
          CellReading.trimmed(bytes).isEmpty ? .missingValue : .malformedValue(.number(from: 1)), .number, source, row, index,
          bytes)
      }
    } else {
      unknown |= 1 << MatterColumn.number.rawValue
    }

    var audience: Audience?
    if let bytes = cells[MatterColumn.audience.rawValue] {
      let word = audienceNames.internCopying(CellReading.trimmed(bytes))
      while audienceOfName.count < audienceNames.count {
        audienceOfName.append(Audience(audienceNames.text(audienceOfName.count)))
      }
      audience = audienceOfName[word.index]
      if audience == nil {
        unknown |= 1 << MatterColumn.audience.rawValue
        report(word.isEmpty ? .missingValue : .malformedValue(.audience), .audience, source, row, index, bytes)
      }
    } else {
      unknown |= 1 << MatterColumn.audience.rawValue
    }

    if !extras.isEmpty { extras.append(cells + MatterColumn.allCases.count) }
    rows.append(
      Matter(
        id: id, audience: audience, name: matterName, lead: lead, deadline: deadline, remark: remark,
        includesID: included, placeholder: placeholder, listIndex: listOfName[listName.index], numberValue: number,
        includesIndex: -1, firstItem: 0, itemCount: 0, ownIndex: Int32(index), unknown: unknown,
        source: UInt8(truncatingIfNeeded: source), row: row))
  }

  private func report(
    _ kind: ReadingIssue.Kind, _ column: MatterColumn, _ source: Int, _ row: Int, _ index: Int,
    _ bytes: UnsafeBufferPointer<UInt8>? = nil
  ) {
    issues.append(
      ReadingIssue(
        kind, at: .cell(source: source, table: .matters, column: column.rawValue, row: row),
        matter: index, text: CellReading.text(bytes)))
  }
}
