import Machine

/// What one attempt at a run is given to be carried out with.
struct ProgramMeans {
  /// The path of the program that becomes the keeper.
  let executable: String
  /// After so many reports the program is ended; `nil` for never.
  let reports: Int?
  /// How many cores it has.
  let cpus: Int
  /// The numbers of those it is kept on; empty for all.
  let cores: [Int]
  /// What is held until nothing of the program is left.
  let holders: [SlotHolder]
  /// What tells it which cards are its own.
  let cards: CardVariables
  /// From where it is started.
  let source: ProgramSource
  /// What its files hold.
  let contents: ProgramContents
  /// The variables by which it finds the tracking API; none where its metrics do not come from there.
  let tracking: [String: String]
}
