import CWorkbook

/// The functions of libxlsxwriter that are used (`xlsxwriter.h`).
struct XLSXWriterLibrary {
  typealias Workbook = UnsafeMutablePointer<lxw_workbook>
  typealias Worksheet = UnsafeMutablePointer<lxw_worksheet>
  typealias Format = UnsafeMutablePointer<lxw_format>
  typealias Text = UnsafePointer<CChar>

  let newWorkbook: @convention(c) (Text?, UnsafeMutablePointer<lxw_workbook_options>?) -> Workbook?
  let close: @convention(c) (Workbook?) -> lxw_error
  let addSheet: @convention(c) (Workbook?, Text?) -> Worksheet?
  let addFormat: @convention(c) (Workbook?) -> Format?
  let setProperties: @convention(c) (Workbook?, UnsafeMutablePointer<lxw_doc_properties>?) -> lxw_error
  let defineName: @convention(c) (Workbook?, Text?, Text?) -> lxw_error
  let message: @convention(c) (lxw_error) -> UnsafeMutablePointer<CChar>?

  let writeText: @convention(c) (Worksheet?, UInt32, UInt16, Text?, Format?) -> lxw_error
  let writeNumber: @convention(c) (Worksheet?, UInt32, UInt16, Double, Format?) -> lxw_error
  let writeBlank: @convention(c) (Worksheet?, UInt32, UInt16, Format?) -> lxw_error
  let writeLink: @convention(c) (Worksheet?, UInt32, UInt16, Text?, Format?, Text?, Text?) -> lxw_error
  let merge: @convention(c) (Worksheet?, UInt32, UInt16, UInt32, UInt16, Text?, Format?) -> lxw_error
  let setColumns: @convention(c) (Worksheet?, UInt16, UInt16, Double, Format?) -> lxw_error
  let freeze: @convention(c) (Worksheet?, UInt32, UInt16) -> Void
  let filter: @convention(c) (Worksheet?, UInt32, UInt16, UInt32, UInt16) -> lxw_error
  let validate:
    @convention(c) (Worksheet?, UInt32, UInt16, UInt32, UInt16, UnsafeMutablePointer<lxw_data_validation>?) -> lxw_error
  let hide: @convention(c) (Worksheet?) -> Void
  let activate: @convention(c) (Worksheet?) -> Void

  let setNumberFormat: @convention(c) (Format?, UInt8) -> Void
  let setBold: @convention(c) (Format?) -> Void
  let setWrap: @convention(c) (Format?) -> Void
  let setAlignment: @convention(c) (Format?, UInt8) -> Void
  let setBorder: @convention(c) (Format?, UInt8) -> Void
  let setFill: @convention(c) (Format?, UInt32) -> Void
  let setPattern: @convention(c) (Format?, UInt8) -> Void
  let setSize: @convention(c) (Format?, Double) -> Void

  /// - Throws: `WorkbookFailure` if the system does not have the library in the version whose types were compiled in.
  init() throws(WorkbookFailure) {
    let library = try SharedLibrary("libxlsxwriter.so.4", package: "libxlsxwriter4")
    let version: @convention(c) () -> Text? = try library.function("lxw_version")
    guard let text = version(), String(cString: text) == LXW_VERSION else {
      throw WorkbookFailure(.noLibrary("libxlsxwriter \(LXW_VERSION)", package: "libxlsxwriter4"))
    }
    newWorkbook = try library.function("workbook_new_opt")
    close = try library.function("workbook_close")
    addSheet = try library.function("workbook_add_worksheet")
    addFormat = try library.function("workbook_add_format")
    setProperties = try library.function("workbook_set_properties")
    defineName = try library.function("workbook_define_name")
    message = try library.function("lxw_strerror")
    writeText = try library.function("worksheet_write_string")
    writeNumber = try library.function("worksheet_write_number")
    writeBlank = try library.function("worksheet_write_blank")
    writeLink = try library.function("worksheet_write_url_opt")
    merge = try library.function("worksheet_merge_range")
    setColumns = try library.function("worksheet_set_column")
    freeze = try library.function("worksheet_freeze_panes")
    filter = try library.function("worksheet_autofilter")
    validate = try library.function("worksheet_data_validation_range")
    hide = try library.function("worksheet_hide")
    activate = try library.function("worksheet_activate")
    setNumberFormat = try library.function("format_set_num_format_index")
    setBold = try library.function("format_set_bold")
    setWrap = try library.function("format_set_text_wrap")
    setAlignment = try library.function("format_set_align")
    setBorder = try library.function("format_set_border")
    setFill = try library.function("format_set_bg_color")
    setPattern = try library.function("format_set_pattern")
    setSize = try library.function("format_set_font_size")
  }
}
