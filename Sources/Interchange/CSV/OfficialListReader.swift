import CSVFormat
import Catalog

/// Reads a list in the layout of the notice, or a similar layout of another notice: a number begins a matter, and the rows
/// below it hold further items.
///
/// Titles and repeated page headers are skipped, notes below a table go to its list (`MatterList.note`), merged cells may be blank or repeated, and a matter may continue on
/// the next page. Rows that equal a matter of the base are read as the base has them. Rows that can be read in more than one
/// way are reported.
enum OfficialListReader {
  static func read(
    _ csv: CSVTable, heading: ListHeading, titles: [String], headerStart: Int, bodyStart: Int, _ context: ListContext
  ) {
    let reading = OfficialReading(csv, context)
    reading.open(heading, titles: titles, at: headerStart)
    reading.read(from: bodyStart)
    reading.finish()
  }
}
