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
