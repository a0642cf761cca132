import ArgumentParser
import Terminal

/// `--no-pager`, for commands whose answer may be longer than a terminal.
struct PagerOptions: ParsableArguments {
  @Flag(
    name: .customLong("no-pager"),
    help: "Do not show what is longer than the terminal through PAGER.")
  var isOff = false

  /// Prints a text, on a terminal that it is too long for through the pager.
  func print(_ text: String, in room: TextStyle.Room?) {
    if isOff || !Pager.show(text, in: room) { StandardOutput.write(text, .table) }
  }
}
