import Experiments
import FileLanguage
import Testing

/// Advice on tables: what a column, a class or a target looks like before anything is trained.
struct TableAdviceTests {
  private func advised(_ rule: String, _ table: String, _ keys: String = "") throws -> [String] {
    try withFiles(["d.csv": table]) { folder in
      try advice(
        """
        data: {source: csv, path: \(folder)/d.csv, target: y\(keys)}
        model: {mlp: {hidden: [4]}}
        train: {epochs: 1}
        """
      ).filter { $0.rule == rule }.map { "\($0.message) -> \($0.fix)" }
    }
  }

  @Test func aColumnOfManyWordsIsTold() throws {
    let many = "w,y\n" + (0..<120).map { "w\($0 % 60),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    #expect(
      try advised("many-categories", many) == [
        "'w' has 60 categories in 120 rows -> write data: {min_count: 10}, or drop: [w]"
      ])
    #expect(try advised("many-categories", many, ", categories: {w: [w0, w1]}") == [])
    let each = "w,y\n" + (0..<6).map { "w\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    #expect(try advised("many-categories", each).count == 1)
  }

  @Test func aClassOfFewRowsIsTold() throws {
    let few = "x,y\n" + (0..<20).map { "\($0),\($0 < 3 ? "rare" : "usual")\n" }.joined()
    #expect(
      try advised("small-class", few) == [
        "the class 'rare' has 3 training rows -> take more rows of it, or leave its rows out"
      ])
    let one = "x,y\n" + (0..<20).map { "\($0),only\n" }.joined()
    #expect(
      try advised("small-class", one) == [
        "all rows are of the class 'only' -> choose another target, or data with several classes"
      ])
    let enough = "x,y\n" + (0..<20).map { "\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    #expect(try advised("small-class", enough) == [])
  }

  /// Ten hundreds from 0.5 on have the population deviation 287.2.
  @Test func aLargeTargetIsTold() throws {
    let large = "x,y\n" + (0..<10).map { "\($0),\($0)00.5\n" }.joined()
    #expect(
      try advised("target-scale", large) == [
        "the target has deviation 287 -> write data: {target_transform: standard}"
      ])
    #expect(try advised("target-scale", large, ", target_transform: standard") == [])
  }

  @Test func aTargetOfAFewWholeNumbersIsTold() throws {
    let whole = "x,y\n" + (0..<30).map { "\($0),\($0 % 3)\n" }.joined()
    #expect(
      try advised("numeric-target", whole) == [
        "the target has 3 whole values and is predicted as an amount -> write data: "
          + "{task: classification} where they are classes, else task: regression"
      ])
    #expect(try advised("numeric-target", whole, ", task: regression") == [])
    let broken = "x,y\n" + (0..<30).map { "\($0),\($0 % 3).5\n" }.joined()
    #expect(try advised("numeric-target", broken) == [])
  }

  @Test func aColumnThatSaysTheTargetIsTold() throws {
    // z is noise; a and w say the class, v says it but for one row.
    let classes =
      "a,z,w,v,y\n"
      + (0..<40).map { row in
        let isYes = row * 7 % 40 < 20
        return "\(isYes ? 5 : 1 + row % 3),\(row * 13 % 17),\(isYes ? "u\(row % 2)" : "n"),"
          + "\(isYes == (row != 3) ? 1 : 0),\(isYes ? "yes" : "no")\n"
      }.joined()
    #expect(
      try advised("target-leak", classes) == [
        "'a', 'w' each say the target of all 40 training rows by itself -> where it is not known "
          + "beforehand, write data: {drop: [a]}"
      ])
    #expect(try advised("target-leak", classes, ", drop: [a, w]") == [])
    let numbers =
      "c,z,y\n"
      + (0..<40).map { "\($0 * 7 % 40).5,\($0 * 13 % 17),\(2 * ($0 * 7 % 40)).25\n" }.joined()
    #expect(try advised("target-leak", numbers).first?.hasPrefix("'c' says the target") == true)
    #expect(try advised("target-leak", numbers, ", drop: [c]") == [])
  }

  @Test func aColumnThatCountsTheRowsIsTold() throws {
    func table(_ first: (Int) -> Int) -> String {
      "n,x,y\n"
        + (0..<60).map { "\(first($0)),\($0 * 13 % 17),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    }
    let words =
      "'n' counts the rows of the file -> write data: {id: n}, which predict carries through, or drop: "
      + "[n]; where it is time, split: {order: true} judges by what comes later"
    #expect(try advised("counting-column", table { $0 + 100 }, ", split: {val: 0.2}") == [words])
    #expect(
      try advised(
        "counting-column", table { $0 + 100 }, ", split: {val: 0.2}, normalize: standard") == [
          words
        ])
    #expect(try advised("counting-column", table { $0 * 7 % 60 }) == [])
    #expect(try advised("counting-column", table { $0 * $0 }) == [])
    #expect(try advised("counting-column", table { $0 }, ", split: {val: 0.2, order: true}") == [])
    #expect(try advised("counting-column", table { $0 }, ", id: n") == [])
  }

  @Test func aTargetThatNeverVariesIsTold() throws {
    let same = "x,y\n" + (0..<30).map { "\($0 * 7 % 30),5.1\n" }.joined()
    #expect(
      try advised("constant-target", same) == [
        "the target is 5.1 in every training row -> choose another target, or data in which it varies"
      ])
    let other = "x,y\n" + (0..<30).map { "\($0 * 7 % 30),\($0).5\n" }.joined()
    #expect(try advised("constant-target", other) == [])
  }

  @Test func classesOfUnequalSizesAreTold() throws {
    func table(_ rare: Int) -> String {
      "x,y\n" + (0..<100).map { "\($0),\($0 < rare ? "rare" : "usual")\n" }.joined()
    }
    #expect(
      try advised("imbalanced-classes", table(12)) == [
        "88 % of the training rows are of the class 'usual' -> write train: {loss: {name: "
          + "cross-entropy, class_weights: balanced}}, and look at log: {metrics: "
          + "[balanced_accuracy, f1]}"
      ])
    #expect(try advised("imbalanced-classes", table(30)) == [])
    let three = "x,y\n" + (0..<100).map { "\($0),\($0 < 5 ? "a" : $0 < 60 ? "b" : "c")\n" }.joined()
    #expect(
      try advised("imbalanced-classes", three).first?.hasPrefix(
        "the class 'b' has 55 training rows, 'a' has 5") == true)
    let weighed = try withFiles(["d.csv": table(12)]) { folder in
      try advice(
        """
        data: {source: csv, path: \(folder)/d.csv, target: y}
        model: {mlp: {hidden: [4]}}
        train: {epochs: 1, loss: {name: cross-entropy, class_weights: balanced}}
        """)
    }
    #expect(!weighed.contains { $0.rule == "imbalanced-classes" })
  }
}
