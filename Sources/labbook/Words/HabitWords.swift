/// Words that other tools have taught people, and what is meant by them here.
enum HabitWords {
  /// What to type in place of a command that is none.
  static let commands: [String: String] = {
    let meant: [(String, [String])] = [
      (
        "labbook run FILE",
        ["train", "start", "exec", "execute", "launch", "fit", "sweep", "resume"]
      ),
      ("labbook check FILE", ["validate", "lint", "plan", "dry-run", "test", "verify-file"]),
      ("labbook runs", ["ls", "list", "status", "ps", "history", "jobs", "top"]),
      ("labbook experiments", ["projects", "studies", "sweeps"]),
      ("labbook show RUN", ["info", "view", "cat", "get", "describe", "inspect"]),
      ("labbook show RUN --log", ["log", "logs", "tail", "output"]),
      ("labbook runs --sort METRIC --limit 10", ["best", "leaderboard"]),
      ("labbook plot FILE", ["graph", "chart", "figure", "figures", "draw"]),
      ("labbook report FILE", ["ui", "serve-page", "dashboard", "render", "notebook", "html"]),
      ("labbook compare --sweep SWEEP --by KEY", ["diff", "stats"]),
      ("labbook predict RUN --input FILE", ["infer", "inference", "eval", "evaluate"]),
      ("labbook rm RUN", ["delete", "remove", "del", "clean", "prune", "gc"]),
      ("labbook stop RUN", ["kill", "cancel", "abort", "terminate"]),
      ("labbook run FILE --continue RUN", ["continue"]),
      ("labbook init", ["new", "create", "setup"]),
      ("labbook keys", ["config", "options", "settings"]),
      ("labbook rename OLD NEW", ["mv", "move"]),
      ("labbook --version", ["version"]),
    ]
    return Dictionary(
      uniqueKeysWithValues: meant.flatMap { (ours, words) in words.map { ($0, ours) } })
  }()

  /// What to do in place of an option that is none.
  static let options: [String: String] = [
    "--quiet": "progress goes to standard error: add 2>/dev/null",
    "-q": "progress goes to standard error: add 2>/dev/null",
    "--verbose": "labbook check says all that it would do; labbook show RUN what was done",
    "-v": "the version is shown by --version",
    "-j": "the number of runs at a time is --jobs N",
    "--workers": "the number of runs at a time is --jobs N",
    "--parallel": "the number of runs at a time is --jobs N",
    "-o": "a file to write is --out FILE",
    "--output": "a file to write is --out FILE",
    "--lr": "a value of the file is replaced by --set lr=VALUE",
    "--epochs": "a value of the file is replaced by --set epochs=VALUE",
    "--seed": "a value of the file is replaced by --set seed=VALUE",
    "--seeds": "a value of the file is replaced by --set seeds=VALUE",
    "--force": "everything is trained anew by --fresh",
    "-f": "a file is named without an option",
    "--file": "a file is named without an option",
    "--config": "a file is named without an option",
    "--json": "JSON is written by --format json",
    "--csv": "CSV is written by --format csv",
  ]
}
