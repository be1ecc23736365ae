extension Catalog {
  /// Writes the catalog, or a selection of it, to a file. The file is replaced as a whole; if something fails, the old
  /// file stays as it was.
  ///
  /// ```swift
  /// try catalog.export(.xml, to: "catalog.xml")
  /// try catalog.export(.csv(layout: .official), Selection(list: "second"), to: "附件2.csv")
  /// ```
  ///
  /// - Parameters:
  ///   - format: the format.
  ///   - selection: which matters are written, together with everything that they refer to. `Selection.dueBy` and
  ///     `Selection.name` are not supported here.
  ///   - path: the path of the file.
  /// - Throws: `OneVisitError` of kind `exportRefused` if the output would not be complete, `unknownName` or
  ///   `invalidOptions` for the selection, `fileSystem` if the file cannot be written.
  public func export(
    _ format: ExportFormat, _ selection: Selection = Selection(), to path: String
  ) throws(OneVisitError) {
    let request = try ExportRequest(self, selection, format)
    try OneVisitError.wrapping(.exportRefused) {
      try Core.FileReplacement.write(to: path) { try request.write(to: $0) }
    }
  }

  /// The catalog, or a selection of it, in a format, as bytes in memory.
  ///
  /// - Parameters:
  ///   - format: the format.
  ///   - selection: which matters are written, together with everything that they refer to. `Selection.dueBy` and
  ///     `Selection.name` are not supported here.
  /// - Throws: `OneVisitError` of kind `exportRefused` if the output would not be complete, `unknownName` or
  ///   `invalidOptions` for the selection.
  public func exported(
    as format: ExportFormat, _ selection: Selection = Selection()
  ) throws(OneVisitError) -> [UInt8] {
    let request = try ExportRequest(self, selection, format)
    return try OneVisitError.wrapping(.exportRefused) {
      let writer = Core.ByteWriter.memory()
      try request.write(to: writer)
      return writer.bytes
    }
  }
}

/// An export that has been checked: the one place where the library calls the writers.
private struct ExportRequest {
  let catalog: Core.Catalog
  let selection: Core.Selection
  let format: ExportFormat

  init(_ catalog: Catalog, _ selection: Selection, _ format: ExportFormat) throws(OneVisitError) {
    if selection.dueBy != nil || selection.name != nil {
      throw OneVisitError(
        .invalidOptions,
        LocalizedText(
          zh: "导出不能按到期日或名称筛选。", en: "An export cannot be limited by due day or name."))
    }
    self.catalog = catalog.core
    self.format = format
    let wanted = try catalog.coreSelection(selection)
    self.selection = wanted
    try OneVisitError.wrapping(.exportRefused) {
      let tables: Set<Core.TableKind> =
        if case .csv = format.kind { [.lists, .matters, .items] } else { Set(Core.TableKind.allCases) }
      try Core.UnreadCells.check(catalog.core, wanted, tables: tables)
      try Core.DanglingRows.check(catalog.core, wanted)
    }
  }

  func write(to writer: Core.ByteWriter) throws {
    switch format.kind {
    case .xml(let expands):
      try Core.XMLExport.write(catalog, selection: selection, expands: expands, to: writer)
    case .json:
      try Core.JSONExport.write(catalog, selection: selection, to: writer)
    case .csv(let layout, let encoding, let byteOrderMark):
      let options = Core.CSVOptions(byteOrderMark: byteOrderMark, encoding: encoding.core)
      switch layout {
      case .flat: try Core.FlatCSVWriter.write(catalog, selection: selection, options: options, to: writer)
      case .official: try Core.OfficialCSVWriter.write(catalog, selection: selection, options: options, to: writer)
      }
    }
  }
}
