import TestSupport

/// The output of the command that is expected.
let golden = GoldenFiles("Tests/CommandTests/Golden")
