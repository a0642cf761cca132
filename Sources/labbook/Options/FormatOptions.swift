public import ArgumentParser
public import Terminal

extension TableFormat: ExpressibleByArgument {}

/// `--format`, `--columns` and `--no-pager`, for commands that list things.
struct FormatOptions: ParsableArguments {
  @Option(help: "How the list is printed.")
  var format = TableFormat.table
  @Option(
    help: ArgumentHelp(
      "Only these columns, in this order. (default: for people those that have room)",
      valueName: "name,..."))
  var columns: String?
  @OptionGroup var pager: PagerOptions

  func validate() throws {
    if let columns, names(of: columns).isEmpty {
      throw ValidationError("--columns names no column.")
    }
  }

  /// The columns that are asked for; `nil` where none are named.
  var chosen: [String]? { columns.map(names) }

  private func names(of list: String) -> [String] {
    list.split(separator: ",").map { $0.trimmingBlanks }.filter { !$0.isEmpty }
  }

  /// Prints a list; for people in the room that the terminal has, with further lines below it.
  ///
  /// - Parameter name: what the list calls a column that people may call otherwise.
  /// - Throws: `LabbookError` where `--columns` names one that the list has not.
  func print(
    _ table: Table, below lines: [String] = [], naming name: (String) -> String = { $0 }
  ) throws {
    var table = table
    if let chosen {
      // Which columns a list has follows from its rows; without any all may be asked for.
      table =
        table.rows.isEmpty
        ? Table(chosen.map { Table.Column($0) }) : try table.choosing(chosen.map(name))
    }
    guard format == .table else { return StandardOutput.write(table.text(format), format) }
    let room = TextStyle.standardOutput.room
    let text = table.text(
      within: room?.columns, otherwise: "--columns NAME,... chooses, --format csv has all")
    let whole = text + lines.map { flowed($0, within: room?.columns) + "\n" }.joined()
    pager.print(whole, in: room)
  }
}

extension Substring {
  fileprivate var trimmingBlanks: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return String(text.drop { $0 == " " })
  }
}
