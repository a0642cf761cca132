import Datasets
import Foundation
import TensorKernels
import Testing
import Tracking

/// What is learned of a table's columns, against scikit-learn's Pipeline and by hand.
@Suite struct ColumnPreparationTests {
  private struct Witness: Decodable {
    struct Preparation: Decodable {
      let text: String
      let trainRows: Int
      let standard: [[Double]]
      let minmax: [[Double]]

      enum CodingKeys: String, CodingKey {
        case text, standard, minmax, trainRows = "train_rows"
      }
    }
    let preparation: Preparation
  }

  private func settings(
    _ text: String, _ target: String = "y", _ more: [String: ParameterValue] = [:]
  ) throws -> [String: ParameterValue] {
    ["path": .text(try Fixture.file(text)), "target": .text(target)].merging(more) { $1 }
  }

  private static let wishes: [String: ParameterValue] = [
    "id": .text("id"), "indicator": .flag(true),
    "fill": .mapping(["age": .text("median"), "fare": .text("mean")]),
    "ordinal": .mapping([
      "size": .list([.text("small"), .text("medium"), .text("large")])
    ]),
    "dates": .mapping([
      "day": .list(["year", "month", "day", "weekday"].map(ParameterValue.text))
    ]),
  ]

  /// The file with its first rows alone, and with all of them, so that the training part is known.
  @Test(arguments: [DataConfiguration.NormalizationKind.standard, .minmax])
  func everyNumberIsThePipelines(kind: DataConfiguration.NormalizationKind) throws {
    let witness = try Fixture.json("tables.json", as: Witness.self).preparation
    let lines = witness.text.split(separator: "\n").map(String.init)
    let train = lines.prefix(witness.trainRows + 1).joined(separator: "\n")
    let configuration = try configuration("csv", settings(train, "label", Self.wishes)) {
      $0.normalize = kind
    }
    let data = try DataLibrary().prepare(configuration)
    let wanted = kind == .standard ? witness.standard : witness.minmax
    expectEqual(data.train.table, Array(wanted.prefix(witness.trainRows)))
    #expect(
      data.shape.columnNames == [
        "age", "age_missing", "fare", "fare_missing", "town=Ankara", "town=Izmir", "town=Muğla",
        "town=Van", "town_missing", "size", "alive", "day_year", "day_month", "day_day",
        "day_weekday",
      ])
    // Raw rows that come later, in another order of columns, are prepared by the same numbers.
    let inputs = RunInputs(data, of: configuration)
    let restored = try RunInputs(json: inputs.json)
    #expect(restored == inputs)
    let turned = lines.map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).reversed().joined(separator: ",")
    }
    let rows = try restored.read(Fixture.file(turned.joined(separator: "\n")))
    expectEqual(rows.dataset.table, wanted)
    #expect(rows.ids?.first == "p0" && rows.ids?.count == wanted.count)
  }

  @Test func nothingOfOtherPartsLeaksIntoTheTrainingPart() throws {
    let witness = try Fixture.json("tables.json", as: Witness.self).preparation
    func prepared(_ text: String) throws -> PreparedData {
      try prepare("csv", settings(text, "label", Self.wishes)) {
        $0.normalize = .standard
        $0.split = DataConfiguration.Split(val: .share(0.2), test: .share(0.2))
      }
    }
    let before = try prepared(witness.text)
    let lines = witness.text.split(separator: "\n").map(String.init)
    let inTraining = Set(before.train.table)
    // Rows of validation and test get other ages, fares, towns and dates; labels stay, as they decide
    // the parts.
    let all = try prepare("csv", settings(witness.text, "label", Self.wishes))
    #expect(all.train.rows == lines.count - 1)
    let raw = RunInputs(
      before, of: try configuration("csv", settings(witness.text, "label", Self.wishes)))
    let table = try raw.read(Fixture.file(witness.text)).dataset.table
    var changed = 0
    let other = lines.enumerated().map { index, line in
      guard index > 0, !inTraining.contains(table[index - 1]) else { return line }
      changed += 1
      var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      (cells[1], cells[2], cells[3], cells[6]) = ("1000", "99999", "Nowhere", "1999-01-01")
      return cells.joined(separator: ",")
    }
    #expect(changed > 40)
    let after = try prepared(other.joined(separator: "\n"))
    #expect(after.train.table == before.train.table)
    #expect(after.transform == before.transform && after.recipes == before.recipes)
    #expect(after.val?.table != before.val?.table)
  }

  @Test func truthsAreOneAndZero() throws {
    let data = try prepare("csv", settings("a,y\nTrue,1\nFALSE,2\ntrue,3\n"))
    #expect(data.train.table == [[1], [0], [1]] && data.shape.columnNames == ["a"])
  }

  @Test func rareAndUnknownWordsAreAllZeros() throws {
    let text = "w,y\nb,1\na,2\nb,3\nc,4\n,5\n"
    let rare = try prepare("csv", settings(text, "y", ["min_count": .integer(2)]))
    #expect(rare.shape.columnNames == ["w=b"])
    #expect(rare.train.table == [[1], [0], [1], [0], [0]])
    let list = try configuration(
      "csv", settings(text, "y", ["categories": .mapping(["w": .list([.text("c"), .text("a")])])]))
    let library = DataLibrary()
    #expect(
      try library.prepare(list).train.table == [[0, 0], [0, 1], [0, 0], [1, 0], [0, 0]])
    #expect(
      try library.remarks(of: list) == [
        "'w': 2 rows have words outside its list, such as 'b', and all its columns 0"

      ])
    let filled = try prepare(
      "csv", settings(text, "y", ["fill": .mapping(["w": .text("most-frequent")])]))
    #expect(filled.train.table.last == [0, 1, 0])
  }

  @Test func numbersMayBeCategories() throws {
    let data = try prepare(
      "csv",
      settings("zone,y\n3,1\n10,2\n3,4\n", "y", ["categories": .mapping(["zone": .text("all")])]))
    #expect(data.shape.columnNames == ["zone=10", "zone=3"])
    #expect(data.train.table == [[0, 1], [1, 0], [0, 1]])
  }

  @Test(
    arguments: [
      (ParameterValue.text("mean"), 4.0), (.text("median"), 2.5), (.text("most-frequent"), 2),
      (.number(-1), -1), (.integer(0), 0),
    ] as [(ParameterValue, Float)])
  func holesAreFilled(rule: ParameterValue, value: Float) throws {
    let data = try prepare(
      "csv", settings("a,y\n2,1\n2,1\n3,1\n,1\n9,1\nNA,2\n", "y", ["fill": rule]))
    #expect(data.train.table.map { $0[0] } == [2, 2, 3, value, 9, value])
  }

  @Test func rowsWithoutATargetAreLeftOutAndCounted() throws {
    let library = DataLibrary()
    let words = try configuration("csv", settings("a,y\n1,x\n2,\n3,z\n"))
    #expect(try library.prepare(words).train.table == [[1], [3]])
    #expect(try library.remarks(of: words) == ["1 row has no target and is left out"])
    let numbers = try configuration("csv", settings("a,y\n1,4\n2,NA\n3,?\n4,5\n"))
    #expect(try library.prepare(numbers).train.values == [4, 5])
    #expect(try library.remarks(of: numbers) == ["2 rows have no target and are left out"])
  }

  @Test func allColumnsThatCannotBeUsedAreToldAtOnceWithTheLinesThatCureThem() throws {
    let text = """
      ticket,age,when,height,mark,y
      A1,1,2020-01-05,"1,200",1,2
      17,,2020-01-06,"3,000",2,3
      B7,3,2020-02-01,"1,500",missing,4
      C2,,2020-02-02,"2,500",4,5
      33,5,2020-02-03,"1,000",5,6
      """
    let wishes: [String: ParameterValue] = ["thousands": .text("'")]
    let error = try refusal("csv", settings(text, "y", wishes))
    #expect(
      error.message.hasPrefix("5 columns cannot be used as they are: 'ticket' has numbers, but"))
    #expect(error.message.contains("'age' has no value in 2 rows, first in line 3"))
    #expect(error.message.contains("'when' has dates, the first '2020-01-05'"))
    #expect(error.message.contains("'mark' has numbers, but 'missing' in line 4"))
    #expect(error.message.contains("'height' has numbers with commas: '1,000' in line 6"))
    #expect(
      error.hint == """
        These lines under data make the file usable:
          thousands: ","
          missing: ["", NA, N/A, "?", "nan", "null", missing]
          drop: [ticket]
          fill: {age: median, mark: median}
          dates: {when: [year, month, day, weekday]}
        """)
    // Pasted, they do.
    let cured = try prepare(
      "csv",
      settings(
        text, "y",
        [
          "thousands": .text(","), "drop": .list([.text("ticket")]),
          "missing": .list(
            ["", "NA", "N/A", "?", "nan", "null", "missing"].map(ParameterValue.text)),
          "fill": .mapping(["age": .text("median"), "mark": .text("median")]),
          "dates": .mapping([
            "when": .list(["year", "month", "day", "weekday"].map(ParameterValue.text))
          ]),
        ]))
    // Age, year, month, day, weekday (a Sunday is 6), height, mark.
    #expect(cured.train.table[0] == [1, 2020, 1, 5, 6, 1200, 1])
    #expect(cured.train.table[1][0] == 3 && cured.train.table[2][6] == 3)
  }

  @Test func datesThatAreNoneAreToldWithTheirLine() throws {
    let dates: [String: ParameterValue] = ["dates": .mapping(["d": .list([.text("hour")])])]
    let wrong = try refusal("csv", settings("d,y\n2020-02-28,1\n2020-02-30,2\n", "y", dates))
    #expect(wrong.message.contains("'2020-02-30' in line 3, which is no date"))
    let open = try refusal("csv", settings("d,y\n1/2/2020,1\n3/4/2020,2\n", "y", dates))
    #expect(open.message.contains("whose day and month cannot be told apart"))
    let hour = try prepare(
      "csv", settings("d,y\n31.12.2020 23:59,1\n01.01.2021 00:10:20,2\n", "y", dates))
    #expect(hour.train.table == [[23], [0]])
  }

  @Test func tooManyClassesAreRefused() throws {
    let text = "a,y\n" + (0...10_000).map { "1,w\($0)\n" }.joined()
    let error = try refusal("csv", settings(text))
    #expect(error.message == "the target 'y' has 10001 classes, at most 10000 can be learned")
    #expect(error.hint.contains("task: regression"))
  }

  // MARK: Constant columns

  @Test(arguments: [DataConfiguration.NormalizationKind.standard, .minmax])
  func whatIsConstantInTrainingIsOnlyShifted(kind: DataConfiguration.NormalizationKind) throws {
    // Of b only the last row differs; it is no training row under this seed or the test says so.
    let text = "a,b,y\n" + (1...9).map { "\($0),7,\($0)\n" }.joined() + "10,9,1\n"
    let library = DataLibrary()
    var configuration = try configuration("csv", settings(text)) {
      $0.normalize = kind
      $0.split = DataConfiguration.Split(val: .rows(2))
    }
    configuration.seed = try #require(
      (1...200).first { seed in
        configuration.seed = seed
        return (try? library.remarks(of: configuration))?.isEmpty == false
      })
    let data = try library.prepare(configuration)
    #expect(data.train.column(1).allSatisfy { $0 == 0 })
    #expect(data.val?.column(1).contains(2) == true)
    #expect(
      try library.remarks(of: configuration)
        == ["'b' has one value in the training part and is only shifted"])
    #expect(try library.version(of: configuration) == 2)
    configuration.normalize = .none
    #expect(try library.version(of: configuration) == 1)
  }

  @Test func whatComesToTheSameKeepsItsVersion() throws {
    // Constant everywhere, at a number whose mean is exact: 0 before and 0 now.
    let same = try configuration("csv", settings("a,b,y\n1,7,1\n2,7,2\n3,7,3\n")) {
      $0.normalize = .standard
    }
    #expect(try DataLibrary().version(of: same) == 1)
    let drawn = try configuration("moons") { $0.normalize = .standard }
    #expect(try DataLibrary().version(of: drawn) == 1)
  }
}
