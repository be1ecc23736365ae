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
  ///   - selection: which matters are written, together with everything that they refer to.
  ///   - path: the path of the file.
  /// - Throws: `OneVisitError` of kind `exportRefused` if the output would not be complete, `unknownName` or
  ///   `invalidOptions` for the selection, `fileSystem` if the file cannot be written.
  public func export(
    _ format: ExportFormat, _ selection: Selection = Selection(), to path: String
  ) throws(OneVisitError) {
    let request = try request(format, selection)
    try OneVisitError.wrapping(.exportRefused) {
      try Core.FileReplacement.write(to: path) { try request.write(to: $0) }
    }
  }

  /// The catalog, or a selection of it, in a format, as bytes in memory.
  ///
  /// - Parameters:
  ///   - format: the format.
  ///   - selection: which matters are written, together with everything that they refer to.
  /// - Throws: `OneVisitError` of kind `exportRefused` if the output would not be complete, `unknownName` or
  ///   `invalidOptions` for the selection.
  public func exported(
    as format: ExportFormat, _ selection: Selection = Selection()
  ) throws(OneVisitError) -> [UInt8] {
    let request = try request(format, selection)
    return try OneVisitError.wrapping(.exportRefused) {
      let writer = Core.ByteWriter.memory()
      try request.write(to: writer)
      return writer.bytes
    }
  }
}

extension Catalog {
  /// The export, once it is certain that it will be complete.
  private func request(
    _ format: ExportFormat, _ selection: Selection
  ) throws(OneVisitError) -> Core.ExportRequest {
    let selection = try coreSelection(selection)
    return try OneVisitError.wrapping(.exportRefused) {
      try Core.ExportRequest(core, selection, as: format.core)
    }
  }
}

extension ExportFormat {
  fileprivate var core: Core.ExportFormat {
    switch kind {
    case .xml(let expands): return .xml(isExpanded: expands)
    case .json: return .json
    case .workbook(let isOfficial): return isOfficial ? .officialWorkbook : .workbook
    case .csv(let layout, let encoding, let byteOrderMark):
      let options = Core.CSVOptions(byteOrderMark: byteOrderMark, encoding: encoding.core)
      return layout == .flat ? .flatCSV(options) : .officialCSV(options)
    }
  }
}
