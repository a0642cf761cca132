import ArgumentParser
import Experiments
import Terminal

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "List every key of the experiment file with its type, default and meaning.",
    discussion: """
      NAME stands for any name, 0 for any place in a list of layers.

      EXAMPLES:
        labbook keys
        labbook keys train.optimizer
        labbook keys hidden
        labbook keys data --format json
      """)

  @Argument(
    help: "The key to show with what is below it; a bare key is short for train.KEY.",
    completion: .key)
  var path: String?

  @OptionGroup var format: FormatOptions

  func run() throws {
    var table = Table([
      Table.Column("key"), Table.Column("default", rank: 2), Table.Column("meaning", rank: 0),
      Table.Column("type", rank: 3),
    ])
    for row in try FileKeys.rows(below: path) {
      table.append([
        .words(row.path), .words(row.standard), .words(row.summary), .words(row.type),
      ])
    }
    try format.print(table)
  }
}
