import Datasets
import Testing
import Tracking

@Suite struct CSVSourceTests {
  private func settings(
    _ text: String, _ target: String = "y", _ more: [String: ParameterValue] = [:]
  ) throws -> [String: ParameterValue] {
    ["path": .text(try Fixture.file(text)), "target": .text(target)].merging(more) { $1 }
  }

  @Test func wordsAreClassesInTheOrderOfTheirNames() throws {
    let data = try prepare("csv", settings("y,a\nzebra,1\nApple,2\nbee,3\nzebra,4\n"))
    #expect(data.classNames == ["Apple", "bee", "zebra"])
    #expect(data.train.labels == [2, 0, 1, 2])
    #expect(data.train.table == [[1], [2], [3], [4]])
    #expect(data.train.columnNames == ["a"])
  }

  @Test func numbersAreValuesUnlessTheLossOrTheTaskSaysOtherwise() throws {
    let file = try settings("a,y\n1,10\n2,9\n3,2\n4,10.0\n")
    #expect(try prepare("csv", file).train.values == [10, 9, 2, 10])
    let byLoss = try prepare("csv", file) { $0.lossTask = .classification }
    #expect(byLoss.classNames == ["2", "9", "10"])
    #expect(byLoss.train.labels == [2, 1, 0, 2])
    let byTask = try prepare("csv", file.merging(["task": .text("classification")]) { $1 })
    #expect(byTask.classNames == ["2", "9", "10"])
    let both = try prepare("csv", file.merging(["task": .text("regression")]) { $1 }) {
      $0.lossTask = .classification
    }
    #expect(both.classNames == nil)
  }

  @Test func featuresAreTakenInTheOrderAsked() throws {
    let file = try settings(
      "a,b,c,y\n1,2,3,4\n", "y", ["features": .list([.text("c"), .text("a")])])
    #expect(try prepare("csv", file).train.table == [[3, 1]])
    let one = try settings("a,b,c,y\nx,2,3,4\n", "y", ["features": .text("b")])
    #expect(try prepare("csv", one).train.table == [[2]])
  }

  @Test func whatIsTakenForATarget() throws {
    // All words are not finite: they are words then, nan a missing one unless the file says otherwise.
    let file = try settings(
      "a,y\n1,nan\n2,inf\n3,nan\n", "y", ["missing": .list([.text("")])])
    #expect(try prepare("csv", file).classNames == ["inf", "nan"])
    let none = try prepare("csv", ["path": .text(Fixture.file("a,b\n1,2\n")), "target": .off])
    #expect(none.shape.target == .none && none.train.table == [[1, 2]])
    let mixed = try settings("a,y\n1,2\n2,x\n", "y", ["task": .text("classification")])
    #expect(try prepare("csv", mixed).classNames == ["2", "x"])
    let decimal = try settings("a,y\n1,2.50\n2,10\n3,-1\n")
    #expect(
      try prepare("csv", decimal) { $0.lossTask = .classification }.classNames
        == ["-1", "2.5", "10"])
    let shape = try prepare("csv", settings("a,price\n1,2\n", "price")).shape
    #expect(shape.target == .values(names: ["price"]) && shape.columnNames == ["a"])
  }

  @Test func manyColumnsAreListedInPart() throws {
    let names = (1...14).map { "c\($0)" }.joined(separator: ",")
    let values = (1...14).map(String.init).joined(separator: ",")
    #expect(
      try refusal("csv", settings("\(names)\n\(values)\n", "wanted")).hint
        == "Its columns are c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, ....")
    #expect(
      try refusal("csv", settings("a,\nx,2\n", "wanted")).hint == "Its columns are a, c2.")
  }

  @Test func theFingerprintIsOfTheBytes() throws {
    let one = try prepare("csv", settings("a,y\n1,2\n")).fingerprint
    let other = try prepare("csv", settings("a,y\n1,2\n\n")).fingerprint
    #expect(one == SHA256Digest.hex(of: "a,y\n1,2\n"))
    #expect(one != other)
  }

  @Test(arguments: [
    ("a,y\n1,2\n", "quality", "target", "has no column 'quality'", "Its columns are a, y."),
    ("a;y\n1;2\n", "quality", "target", "has no column 'quality'", "Its columns are a, y."),
    ("a,target\n1,2\n", "tagret", "target", "has no column 'tagret'", "Did you mean 'target'?"),
    ("y\n1\n", "y", "path", "there is no column beside the target", ""),
    (
      ",a,y\n0,1,2\n", "y", "path", "a column cannot be used as it is: 'c1' has no name",
      "These lines under data make the file usable:\n  drop: [c1]"
    ),
    (
      "a,y\n1,\n3,\n", "y", "target", "the target 'y' has no value in any row",
      "Choose a column that has values."
    ),
    (
      "a,y\n1,yes\n3,?\n", "y", "target",
      "the target 'y' is '?' here: a class, or a missing value?",
      "Write missing: [\"\"] where it is a class; missing: [\"\", \"?\"] leaves such rows out."
    ),
    (
      "a,y\n1,2\n3,none\n", "y", "target", "the target 'y' has numbers, but here the word 'none'",
      "Mend the cell, or say task: classification to take each text as a class."
    ),
    (
      "a,y\n1,2\n3,inf\n", "y", "target",
      "the target 'y' is 'inf' here, all numbers of a target must be finite", ""
    ),
  ])
  func wrongFilesAreRefused(
    text: String, target: String, setting: String, message: String, hint: String
  ) throws {
    let error = try refusal("csv", settings(text, target))
    #expect(error.setting == setting)
    #expect(error.message.hasSuffix(message))
    #expect(error.hint == hint)
  }

  @Test func errorsOfFeaturesNameTheirPlaceInTheList() throws {
    let text = "a,b,y\n1,2,3\n"
    for (names, message) in [
      (["a", "bb"], "has no column 'bb'"),
      (["a", "y"], "'y' is the target and cannot be a feature too"),
      (["a", "a"], "'a' stands twice in features"),
    ] {
      let error = try refusal(
        "csv", settings(text, "y", ["features": .list(names.map(ParameterValue.text))]))
      #expect(error.setting == "features.1")
      #expect(error.message.hasSuffix(message))
    }
  }

  @Test func wordsAreNoRegression() throws {
    let error = try refusal(
      "csv", settings("a,y\n1,2\n2,red\n", "y", ["task": .text("regression")]))
    #expect(
      error.text.hasSuffix(
        "data.csv:3:3: the target 'y' needs a number for a regression, found 'red'"))
  }

  @Test(arguments: ["/nowhere/at all.csv", "/", "/dev/null"])
  func whatIsNoFileIsRefused(path: String) throws {
    let error = try refusal("csv", ["path": .text(path), "target": .off])
    #expect(error.setting == "path")
    #expect(error.message.hasPrefix(path))
  }
}
