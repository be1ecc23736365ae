import AtomicFiles
import Interchange
import Localization
import Validator
import WorkbookFormat

/// Deadlines as a workbook: `onevisit deadlines --format xlsx`.
package enum WorklistWorkbook {
  /// The worklist of a department: a sheet for what it leads, and one for what it supports.
  /// - Throws: `WorkbookFailure`, and what the writer throws.
  package static func write(_ worklist: Worklist, language: Language, to writer: ByteWriter) throws {
    let phrases = WorklistPhrases(worklist, language: language)
    let workbook = try WorkbookWriter(isStreamed: true)
    try workbook.add(
      rows(worklist.led, isLed: true, phrases), named: phrases.localized("牵头", "Leading"), language: language)
    if let supported = worklist.supported {
      try workbook.add(
        rows(supported, isLed: false, phrases), named: phrases.localized("配合", "Supporting"), language: language)
    }
    try workbook.finish(to: writer)
  }

  private static func rows(
    _ board: DeadlineBoard, isLed: Bool, _ phrases: WorklistPhrases
  ) -> Listing<some Collection<[ListingCell]>> {
    Listing(
      columns: [
        .id,
        .name,
        .lead,
        .deadline,
        .due,
        .windowOpens,
        .windowCloses,
        .window,
        .recorded,
        .daysLate,
        ListingColumn("own", zh: "本部门办理", en: "own items"),
        ListingColumn("others", zh: "责任部门及其关联事项", en: "responsible departments and their items"),
      ],
      rows: board.rows.lazy.map { row -> [ListingCell] in
        let others = phrases.worklist.others(row).map { partner in
          partner.name + phrases.localized("：", ": ") + phrases.joined(partner.items)
        }
        return [
          .text(row.id), .text(row.name), .texts(row.lead), .text(row.deadline),
          .text(row.due?.description ?? row.nextDue?.description), .text(row.window?.opens?.description),
          .text(row.window?.closes.description), DeadlineListing.window(row, on: board.day),
          DeadlineListing.recorded(row), DeadlineListing.daysLate(row, on: board.day),
          .texts(phrases.worklist.ownItems(row)),
          .text(others.joined(separator: phrases.localized("；", "; "))),
        ]
      })
  }

  /// The sheet for 调度 and 通报: every lead with its counts and names, and a sheet with each of its matters.
  /// - Parameter leads: the listing of the board by lead.
  package static func writeLeads<Rows>(
    _ board: DeadlineBoard, _ leads: Listing<Rows>, language: Language, to writer: ByteWriter
  ) throws {
    let workbook = try WorkbookWriter(isStreamed: true)
    try workbook.add(
      leads, named: language == .chinese ? "按牵头部门" : "By lead", language: language)
    try workbook.add(
      DeadlineListing.mattersByLead(board), named: language == .chinese ? "事项明细" : "Matters", language: language)
    try workbook.finish(to: writer)
  }

  /// One sheet with a listing.
  package static func write<Rows>(
    _ listing: Listing<Rows>, named name: String, language: Language, to writer: ByteWriter
  ) throws {
    let workbook = try WorkbookWriter(isStreamed: true)
    try workbook.add(listing, named: name, language: language)
    try workbook.finish(to: writer)
  }
}

extension WorkbookWriter {
  /// Adds a sheet with a listing as people see it: headers in their language, counts as numbers, everything else as text.
  func add<Rows>(_ listing: Listing<Rows>, named name: String, language: Language) throws {
    let sheet = try addSheet(name)
    var widths = ColumnWidths(listing.columns.map { $0.title[language] })
    for (index, column) in listing.columns.enumerated() {
      try write(column.title[language], to: sheet, row: 0, column: index, style: .heading)
    }
    var count = 1
    for row in listing.rows {
      for (index, cell) in row.enumerated() {
        if case .number(let number) = cell {
          try write(number: number, to: sheet, row: count, column: index)
          continue
        }
        let text = cell.shown(language)
        guard !text.isEmpty else { continue }
        var copy = text
        copy.withUTF8 { widths.add($0, index) }
        try write(CheckedWorkbook.shortened(text), to: sheet, row: count, column: index)
      }
      count += 1
    }
    for index in listing.columns.indices { try setWidth(sheet, column: index, widths[index]) }
    try setHeader(sheet, columns: listing.columns.count, rows: count)
  }
}
