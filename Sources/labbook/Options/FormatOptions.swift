public import ArgumentParser
public import Terminal

extension TableFormat: ExpressibleByArgument {}

/// `--format`, for commands that list things.
struct FormatOptions: ParsableArguments {
  @Option(help: "How the list is printed.")
  var format = TableFormat.table

  func print(_ table: Table) { StandardOutput.write(table.text(format), format) }
}
