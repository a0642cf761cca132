extension Figure {
  /// The last of several figures of one size, with the others as its moments.
  ///
  /// - Parameters:
  ///   - moments: in the order in which they are shown; at least one.
  ///   - note: what all of them say of the movement.
  public init(moving moments: [Figure], note: String) {
    precondition(!moments.isEmpty, "a moving figure has a moment")
    let told = moments.map { moment in
      var moment = moment
      moment.notes.append(note)
      return moment
    }
    self = told[told.count - 1]
    self.moments = told
  }

  /// The figure with further small print, at every moment.
  public func noted(_ notes: [String]) -> Figure {
    var figure = self
    figure.notes += notes
    figure.moments = moments.map { $0.noted(notes) }
    return figure
  }
}
