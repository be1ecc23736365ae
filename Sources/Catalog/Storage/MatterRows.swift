import AtomicFiles
import CSVFormat

/// Collects the rows of the matters table, in the order in which a reader delivers them.
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
  /// By text of `listNames`, the index of the list; -1 if there is none.
  private var listOfName: [Int32] = [-1]
  /// The index of the first list with an id, title or annex.
  private var listOfText: [String: Int32] = [:]
  /// By text of `audienceNames`.
  private var audienceOfName: [Audience?] = [nil]
  /// The columns that `Matter` has no field for.
  private(set) var extras: ExtraTexts

  init(extraColumns: [Column] = []) { extras = ExtraTexts(extraColumns) }

  func setLists(_ lists: [MatterList]) {
    for (index, list) in lists.enumerated() {
      for text in [list.id, list.title, list.annex] where listOfText[text] == nil { listOfText[text] = Int32(index) }
    }
  }

  /// Keeps `bytes` alive as long as the catalog, so that texts can point into it.
  package func own(_ bytes: Bytes) {
    for interner in [ids, names, leads, deadlines, remarks, includes, placeholders] { interner.own(bytes) }
  }

  package func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// Returns the rows without a copy and leaves none behind.
  func takeRows() -> [Matter] {
    defer { rows = [] }
    return rows
  }

  /// Adds a matter. Called for every row; it is longer than a screen because functions for its parts would have to pass
  /// `unknown` and the row's position around.
  ///
  /// - Parameters:
  ///   - cells: one for each `MatterColumn`, then one for each extra column; nil if the row does not have it.
  ///   - stable: the cells point into bytes that `own` keeps, so that texts need not be copied.
  package func add(_ cells: UnsafePointer<RawCell>, stable: Bool, source: Int, row: Int) {
    var unknown: UInt16 = 0
    let index = rows.count

    // `unknown` is a parameter because capturing it would allocate memory for every matter.
    @inline(__always)
    func name(_ column: MatterColumn, _ interner: TextInterner, trim: Bool, filled: Bool, _ unknown: inout UInt16)
      -> TextID
    {
      guard var bytes = cells[column.rawValue] else {
        unknown |= 1 << column.rawValue
        return TextID(column: interner.kind, index: 0)
      }
      if trim { bytes = CellReading.trimmed(bytes) }
      guard let base = bytes.baseAddress, bytes.count > 0 else {
        if filled {
          unknown |= 1 << column.rawValue
          report(.missingValue, column, source, row, index)
        }
        return TextID(column: interner.kind, index: 0)
      }
      return stable ? interner.intern(base, bytes.count) : interner.internCopying(bytes)
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
          CellReading.trimmed(bytes).isEmpty ? .missingValue : .malformedValue(.number(from: 1)), .number, source, row,
          index,
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
