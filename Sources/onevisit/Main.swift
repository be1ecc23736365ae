import ArgumentParser
import Catalog
import Validator

@main
struct OneVisit: ParsableCommand {
  @Argument var path: String?
  func run() throws {
    let t0 = now()
    let catalog = path.map { FolderReader.read($0) } ?? FolderReader.builtIn()
    let t1 = now()
    print(catalog.matters.count, catalog.items.count, "read", t1 - t0)
    let v = Validation(catalog, options: ValidationOptions(day: Day.today))
    print(v.summary, now() - t1)
    for c in v.counts { print(c) }
    for t in v.timings { print(t.rule, Double(t.nanoseconds) / 1e6) }
    for f in v.findings.prefix(5) { print(f.rule, f.location as Any, f.message.zh) }
  }
}
import Glibc
func now() -> Double { var t = timespec(); clock_gettime(CLOCK_MONOTONIC, &t); return Double(t.tv_sec) + Double(t.tv_nsec) / 1e9 }
