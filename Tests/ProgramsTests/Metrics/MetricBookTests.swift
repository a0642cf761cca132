import Programs
import Testing
import Tracking

struct MetricBookTests {
  private func point(_ name: String, _ step: Int, _ value: Double, epoch: Int = 0) -> MetricPoint {
    MetricPoint(Metric(name), step: step, epoch: epoch, value: value, timeMilliseconds: 5)
  }

  private func reading(
    _ name: String, _ value: Double, step: Int? = nil, epoch: ReportedEpoch? = nil
  ) -> MetricReading {
    MetricReading(values: [NamedNumber(name, value)], step: step, epoch: epoch)
  }

  @Test func withoutAStepNamesCountUp() {
    var book = MetricBook()
    for value in [0.5, 0.25] { book.take(reading("loss", value), now: 5) }
    book.take(reading("acc", 1), now: 5)
    book.take(reading("loss", 0.125), now: 5)
    let batch = book.takeBatch()
    #expect(
      batch.points == [
        point("loss", 1, 0.5), point("loss", 2, 0.25), point("acc", 1, 1), point("loss", 3, 0.125),
      ])
    #expect(!batch.mayReplace)
    book.take(reading("loss", 7), now: 5)
    #expect(book.takeBatch().points == [point("loss", 4, 7)])
    // A run that goes on counts on.
    var second = MetricBook(lastSteps: ["loss": 40])
    second.take(reading("loss", 7), now: 5)
    #expect(second.takeBatch().points == [point("loss", 41, 7)])
    // Behind steps that were told it goes on too.
    second.take(reading("loss", 7, step: 90), now: 5)
    second.take(reading("loss", 8), now: 5)
    #expect(second.takeBatch().points.map(\.step) == [90, 91])
  }

  @Test func stepsComeInAnyOrderAndTheLastWins() {
    var book = MetricBook()
    for (step, value) in [(10, 1.0), (5, 2), (10, 3), (0, 4), (5, 5)] {
      book.take(reading("a", value, step: step, epoch: .number(2)), now: 5)
    }
    let batch = book.takeBatch()
    #expect(
      batch.points == [
        point("a", 10, 3, epoch: 2), point("a", 0, 4, epoch: 2), point("a", 5, 5, epoch: 2),
      ])
    #expect(batch.mayReplace)
    // One that may stand for a point of an earlier batch says so.
    book.take(reading("a", 1, step: 10), now: 5)
    #expect(book.takeBatch().mayReplace)
    book.take(reading("a", 1, step: 11), now: 5)
    #expect(!book.takeBatch().mayReplace)
    book.take(MetricReading(values: [NamedNumber("b", 1), NamedNumber("b", 2)], step: 3), now: 5)
    #expect(book.takeBatch().points == [point("b", 3, 2)])
  }

  @Test func anEpochIsTheStepWhereNoneIsTold() {
    var book = MetricBook()
    for epoch in [3, 1, 3] { book.take(reading("a", 1, epoch: .number(epoch)), now: 5) }
    #expect(book.takeBatch().points == [point("a", 1, 1, epoch: 1), point("a", 3, 1, epoch: 3)])
    // Hugging Face's epochs have a point, and several lines have the same.
    for epoch in [0.0, 0.0, 0.5, 1.0] {
      book.take(reading("b", 1, epoch: .progress(epoch)), now: 5)
    }
    #expect(
      book.takeBatch().points == [
        point("b", 1, 1), point("b", 2, 1), point("b", 3, 1), point("b", 4, 1, epoch: 1),
      ])
    book.take(reading("c", 1, epoch: .progress(1e300)), now: 5)
    #expect(book.takeBatch().points.count == 1)
  }

  @Test func theTimeIsTheToldOneOrNow() {
    var book = MetricBook()
    var told = reading("a", 1)
    told.timeMilliseconds = 77
    book.take(told, now: 5)
    book.take(reading("a", 2), now: 6)
    #expect(book.takeBatch().points.map(\.timeMilliseconds) == [77, 6])
  }

  @Test func namesThatCannotBeAreLeftOutAndSaid() {
    var book = MetricBook()
    let wrong = [
      "", " a", "a ", "a\tb", "a\u{202E}b", "\u{1B}[2J", String(repeating: "x", count: 501),
    ]
    for name in wrong + wrong { book.take(reading(name, 1), now: 5) }
    #expect(book.takeBatch().points.isEmpty)
    #expect(book.notes.take().count == wrong.count)
    let right = ["a b", "größe", "val/acc", "GPU (%)", "损失", "a{b}", "time/epoch"]
    for name in right { book.take(reading(name, .nan), now: 5) }
    #expect(book.takeBatch().points.map(\.metric.name) == right)
    #expect(book.notes.take().isEmpty)
  }

  @Test func manyNamesWorkAndTooManyAreSaid() {
    var book = MetricBook()
    for index in 0..<(MetricBook.mostNames + 5) { book.take(reading("m\(index)", 1), now: 5) }
    #expect(book.metricCount == MetricBook.mostNames)
    #expect(book.takeBatch().points.count == MetricBook.mostNames)
    #expect(book.notes.take().count == 1)
  }

  @Test func theGreatestStepHasNoNext() {
    var book = MetricBook()
    book.take(reading("a", 1, step: .max), now: 5)
    book.take(reading("a", 2), now: 5)
    #expect(book.takeBatch().points.map(\.step) == [.max])
  }
}
