extension ManualPage {
  /// What the page of the tool itself says of the variables and files around it.
  var surroundings: [(heading: String, entries: [(name: String, text: String)])] {
    words.count > 1
      ? [] : [("ENVIRONMENT", Self.variables), ("FILES", Self.files)]
  }

  private static let variables = [
    ("LABBOOK_DB", "The store, where --db names none."),
    (
      "LABBOOK_RUNS",
      "The folder of the runs' large files, instead of the one beside the store."
    ),
    ("LABBOOK_KERNELS", "The kernels that compute, where --kernels names none."),
    ("NO_COLOR", "Where it is set to anything, nothing is coloured."),
    ("PAGER", "What shows lists longer than the terminal; empty or cat: nothing. (default: less)"),
    ("COLUMNS", "How wide figures of letters are where there is no terminal. (default: 80)"),
  ]

  private static let files = [
    ("labbook.sqlite", "The store: every run, its values and what it was trained from."),
    ("labbook.sqlite.runs/", "Checkpoints, large weights, outputs of programs, plans."),
    ("plots/EXPERIMENT/", "The figures of an experiment and its notebook's pages."),
  ]
}
