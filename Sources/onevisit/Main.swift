import ArgumentParser

@main
struct OneVisit: ParsableCommand {
  func run() throws { print("onevisit") }
}
