/// What every page of a report has in it: its style sheet and its script, which are the files of this folder. A page is one
/// file and loads nothing.
package enum PageFiles {
  /// `page.css`.
  package static var style: [UInt8] { PackageResources.page_css }

  /// `filter.css`: what hides the findings without the value of a filter. It is written once for each value, with the number
  /// of the value in place of `NUMBER`.
  package static var filter: [UInt8] { PackageResources.filter_css }

  /// `page.js`: text search and exact counts. A page works without it.
  package static var script: [UInt8] { PackageResources.page_js }
}
