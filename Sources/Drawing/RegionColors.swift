extension Color {
  /// The colours of the cells of a plane, each of the class that is the likeliest there: the surer, the fuller.
  ///
  /// - Parameters:
  ///   - classes: the class of each cell.
  ///   - confidence: its probability, from one over the number of classes to one; may be empty.
  ///   - full: the colour of each class.
  ///   - least: one over the number of classes.
  package static func regions(
    _ classes: [Int], _ confidence: [Double], full: [Color], least: Double, background: Color
  ) -> [Color] {
    if confidence.isEmpty {
      return classes.map { full[$0].mixed(with: background, share: 0.62) }
    }
    return classes.indices.map { index in
      let sureness = max(0, min(1, (confidence[index] - least) / (1 - least)))
      return full[classes[index]].mixed(with: background, share: 0.88 - 0.30 * sureness)
    }
  }
}
